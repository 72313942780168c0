import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Role, roles } from '../../functions/access/role.ts';
import { type Scope, scopes } from '../../functions/access/scope.ts';
import { type ApiRoute, routes } from '../../functions/api/api-routes.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const colleague: Record<Role, string> = { analyst: 'ann', writer: 'will', editor: 'eve', owner: 'ada' };

const asked = (path: string) => path.replaceAll(/\{\w+\}/g, 'x');
const guarded = routes.flatMap(({ method, path, needs }) => (needs === 'nobody' ? [] : [{ method, path, needs }]));
const named = (method: string, path: string) => `${method} ${asked(path).replace('/api/v1', '')}`;

/** Written apart from the table of routes, so that a slip there is noticed here. */
const allowed: Record<Role, RegExp> = {
  analyst: /^(GET \/restore|GET \/digests(\/x)?|(GET|POST) \/statistics)$/,
  writer:
    /^(POST \/(uploads|previews)|(GET|POST) \/issues|(GET|PUT|DELETE) \/issues\/x|POST \/issues\/x\/(topics|test-send)|GET \/(issues\/x|digests\/next)\/preview\.(html|txt|eml))$/,
  editor:
    /^(POST \/issues\/x\/(queue|unqueue|schedule|list|unlist|send-now)|POST \/digests\/x\/[a-z-]+|PUT \/digests\/next|POST \/restore\/release|GET \/subscribers|POST \/subscribers\/x\/(unsubscribe|reinstate)|(GET|POST) \/imports|GET \/imports\/x(\/report)?|POST \/imports\/x\/(start|stop|ask)|POST \/exports|GET \/exports\/x)$/,
  owner:
    /^(POST \/subscribers\/x\/erase|(GET|POST) \/keys|POST \/keys\/x\/revoke|(GET|POST) \/webhooks|(PUT|DELETE) \/webhooks\/x|GET \/webhooks\/x\/deliveries|POST \/webhooks\/x\/deliveries\/x\/replay)$/,
};
const may = (role: Role, what: string) => roles.slice(0, roles.indexOf(role) + 1).some((each) => allowed[each].test(what));

/** The same for keys with one scope. */
const allowedToKeys: Record<Scope, RegExp> = {
  'issues:write':
    /^(POST \/(uploads|previews)|(GET|POST) \/issues|(GET|PUT|DELETE) \/issues\/x|POST \/issues\/x\/topics|GET \/(issues\/x|digests\/next)\/preview\.(html|txt|eml))$/,
  send: /^(GET \/issues(\/x(\/preview\.(html|txt|eml))?)?|POST \/issues\/x\/(test-send|queue|unqueue|schedule|list|unlist|send-now)|GET \/restore|GET \/digests(\/x|\/next\/preview\.(html|txt|eml))?|POST \/digests\/x\/[a-z-]+|PUT \/digests\/next)$/,
  'readers:read': /^(GET \/subscribers|GET \/imports(\/x(\/report)?)?|POST \/exports|GET \/exports\/x)$/,
  'readers:write':
    /^(POST \/uploads|POST \/subscribers\/x\/(unsubscribe|reinstate|erase)|(GET|POST) \/imports|GET \/imports\/x(\/report)?|POST \/imports\/x\/(start|stop|ask))$/,
  'reports:read': /^(GET \/restore|GET \/digests(\/x)?|(GET|POST) \/statistics)$/,
  settings: /^((GET|POST) \/webhooks|(PUT|DELETE) \/webhooks\/x|GET \/webhooks\/x\/deliveries|POST \/webhooks\/x\/deliveries\/x\/replay)$/,
};

test('only the page, its assets, its public configuration and the description of the API are open', () => {
  expect(routes.filter(({ needs }) => needs === 'nobody').map(({ path }) => path)).toEqual([
    '/editors',
    '/editors/config.json',
    '/editors/assets/{file}',
    '/api/v1/openapi.json',
    '/api/v1/reference',
  ]);
});

test('without a token every other route answers 401, with a problem document and what to sign in with', async () => {
  const { request } = startDesk(table);

  for (const { method, path } of guarded) {
    const { status, headers, json } = await request(method, asked(path), { by: null });
    expect([status, json.code, headers?.['www-authenticate']], `${method} ${path}`).toEqual([401, 'not_signed_in', 'Bearer']);
  }
});

test('somebody who can sign in and has no role gets nowhere', async () => {
  const { request } = startDesk(table);

  const answers = await Promise.all(guarded.map(({ method, path }) => request(method, asked(path), { by: 'stranger' })));

  expect(new Set(answers.map(({ status, json }) => `${status} ${json.code}`))).toEqual(new Set(['403 not_a_colleague']));
});

test.each(roles)('a colleague who is %s reaches what the role allows, and is told which role the rest needs', async (role) => {
  const { request } = startDesk(table);

  for (const { method, path, needs } of guarded) {
    const what = named(method, path);
    const { status, json } = await request(method, asked(path), { by: colleague[role] });
    const refused = status === 403 && json.code === 'forbidden';
    expect([refused ? 'refused' : 'allowed', refused ? json.values.needs : needs.role], what).toEqual([
      may(role, what) ? 'allowed' : 'refused',
      needs.role,
    ]);
    if (refused) expect(json.detail).toContain(needs.role);
  }
});

test.each(scopes)('a key with the scope %s alone reaches what it allows, and is told which scopes the rest needs', async (scope) => {
  const { request, makeKey } = startDesk(table);
  const by = await makeKey([scope]);

  for (const { method, path, needs } of guarded) {
    const what = named(method, path);
    const { status, json, headers } = await request(method, asked(path), { by });
    const refused = status === 403 && (json.code === 'scope_missing' || json.code === 'people_only');
    expect(refused ? 'refused' : 'allowed', what).toBe(allowedToKeys[scope].test(what) ? 'allowed' : 'refused');
    if (!refused) continue;
    expect(json.code).toBe(needs.scopes.length > 0 ? 'scope_missing' : 'people_only');
    if (needs.scopes.length === 0) continue;
    expect(json.values.needs).toEqual(needs.scopes);
    expect(headers?.['www-authenticate']).toBe(`Bearer error="insufficient_scope", scope="${needs.scopes.join(' ')}"`);
  }
});

test('a key with every scope reaches everything but the keys themselves, and what a person has to look at', async () => {
  const { request, makeKey } = startDesk(table);
  const by = await makeKey(scopes);

  const refused: string[] = [];
  for (const { method, path } of guarded)
    if ([401, 403].includes((await request(method, asked(path), { by })).status)) refused.push(named(method, path));

  expect(refused).toEqual(['POST /restore/release', 'GET /keys', 'POST /keys', 'POST /keys/x/revoke']);
});

test('a route that does not say what it needs does not compile', () => {
  const endpoint = async () => ({ status: 200 });
  const route: ApiRoute = { method: 'GET', path: '/api/v1/open', needs: { role: 'owner', scopes: [] }, endpoint };
  // @ts-expect-error: nothing is said.
  const silent: ApiRoute = { method: 'GET', path: '/api/v1/open', endpoint };
  // @ts-expect-error: a role alone would leave open what keys may do.
  const half: ApiRoute = { method: 'GET', path: '/api/v1/open', needs: { role: 'owner' }, endpoint };

  expect([route, silent, half]).toHaveLength(3);
});

test('a writer changes drafts, and nothing that is on its way to readers', async () => {
  const { request, upload, issues } = startDesk(table);
  await upload('by-writer\nwords');
  const address = '/api/v1/issues/by-writer';
  const change = async () => [
    await request('PUT', address, { by: 'will', body: 'by-writer\nother words' }),
    await request('POST', `${address}/topics`, { by: 'will', body: '{"topics":["chips"]}' }),
    await request('DELETE', address, { by: 'will' }),
  ];
  await request('POST', `${address}/queue`);

  const queued = await change();
  await request('POST', `${address}/unqueue`);
  const drafts = await change();

  expect(queued.map(({ status, json }) => [status, json.code, json.values.needs])).toEqual(
    Array.from({ length: 3 }, () => [403, 'forbidden', 'editor']),
  );
  expect(drafts.map(({ status }) => status)).toEqual([200, 200, 204]);
  expect(await issues.get('by-writer')).toBeUndefined();
});

test('a list of readers is uploaded by who may import it, an issue by who may write it', async () => {
  const { request, makeKey } = startDesk(table);
  const upload = (by: string, purpose: string) =>
    request('POST', '/api/v1/uploads', { by, body: JSON.stringify({ size: 10, for: purpose }) });

  const [drafting, importing] = [await makeKey(['issues:write']), await makeKey(['readers:write'])];
  const people = [upload('will', 'issue'), upload('will', 'import'), upload('eve', 'import')];
  const answers = await Promise.all([...people, ...[drafting, importing].flatMap((key) => [upload(key, 'issue'), upload(key, 'import')])]);

  expect(answers.map(({ status }) => status)).toEqual([201, 403, 201, 201, 403, 403, 201]);
});
