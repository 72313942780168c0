import { Refusal } from '../platform/refusal.ts';
import type { Principal } from './principal.ts';
import { includes, type Role } from './role.ts';
import type { Scope } from './scope.ts';

/** What it takes to do something: of a person at least this role, of a key any one of these scopes. Without scopes it is for people alone. */
export type Need = { role: Role; scopes: readonly Scope[] };

/** What the routes need, and where one route is not enough to tell, what is done there. */
export const needs = {
  seeReports: { role: 'analyst', scopes: ['reports:read', 'send'] },
  seeStatistics: { role: 'analyst', scopes: ['reports:read'] },
  seeIssues: { role: 'writer', scopes: ['issues:write', 'send'] },
  writeIssues: { role: 'writer', scopes: ['issues:write'] },
  upload: { role: 'writer', scopes: ['issues:write', 'readers:write'] },
  /** Mails somebody, therefore more than a draft. */
  sendTests: { role: 'writer', scopes: ['send'] },
  send: { role: 'editor', scopes: ['send'] },
  seeReaders: { role: 'editor', scopes: ['readers:read'] },
  changeReaders: { role: 'editor', scopes: ['readers:write'] },
  eraseReaders: { role: 'owner', scopes: ['readers:write'] },
  seeImports: { role: 'editor', scopes: ['readers:read', 'readers:write'] },
  manageWebhooks: { role: 'owner', scopes: ['settings'] },
  /** A person has looked at the numbers. */
  releaseRestore: { role: 'editor', scopes: [] },
  /** No key makes another: it could give it what it has not. */
  manageKeys: { role: 'owner', scopes: [] },
} as const satisfies Record<string, Need>;

export const fulfils = (principal: Principal, { role, scopes }: Need): boolean =>
  principal.kind === 'person' ? includes(principal.role, role) : scopes.some((scope) => principal.scopes.includes(scope));

/** @throws Refusal `forbidden` to a person, `scope_missing` or `people_only` to a key (403 each); they name what would do */
export function requireNeed(principal: Principal, need: Need): void {
  if (fulfils(principal, need)) return;
  if (principal.kind === 'person') throw new Refusal('forbidden', { role: principal.role, needs: need.role });
  if (need.scopes.length === 0) throw new Refusal('people_only');
  // RFC 6750, 3.1.
  const challenge = `Bearer error="insufficient_scope", scope="${need.scopes.join(' ')}"`;
  throw new Refusal('scope_missing', { needs: need.scopes }, { headers: { 'www-authenticate': challenge } });
}
