import type { Now } from '../platform/clock.ts';
import { Refusal } from '../platform/refusal.ts';
import type { VerifyToken } from './access-token.ts';
import { isSecretOf, keyParts, keyPrefix } from './api-key.ts';
import type { ApiKeyStore } from './api-key-store.ts';
import { notSignedIn } from './not-signed-in.ts';
import type { Principal } from './principal.ts';
import type { Colleague, PrincipalStore } from './principal-store.ts';

export type AuthenticationServices = {
  verifyToken: VerifyToken;
  principals: Pick<PrincipalStore, 'find' | 'keepAddress'>;
  /** The verified address of the bearer, as the user pool knows it now. */
  signedInAddress: (token: string, sub: string) => Promise<string | undefined>;
  apiKeys: Pick<ApiKeyStore, 'find' | 'noteUse'>;
  now: Now;
};

/**
 * The principal behind an `Authorization` header: a person who signed in, or a program with a key. What they may do is looked up
 * with every request.
 * @throws Refusal `not_signed_in`, or what `personBehind` and `programBehind` throw
 */
export async function authenticate(authorization: string | undefined, services: AuthenticationServices): Promise<Principal> {
  const token = bearerToken(authorization);
  return token.startsWith(keyPrefix) ? programBehind(token, services) : personBehind(token, services);
}

/** @throws Refusal `key_unknown`, also when only the secret is wrong; `key_revoked`, `key_expired` (401 each) */
async function programBehind(token: string, { apiKeys, now }: AuthenticationServices): Promise<Principal> {
  const parts = keyParts(token);
  const key = parts && (await apiKeys.find(parts.id));
  if (!key || !isSecretOf(key, parts.secret)) throw notSignedIn('key_unknown');
  if (key.revokedAt !== undefined) throw notSignedIn('key_revoked');
  if (key.endsAt !== undefined && Date.parse(key.endsAt) <= now().getTime()) throw notSignedIn('key_expired');
  await apiKeys.noteUse(key, now());
  const { id, name, scopes } = key;
  return { kind: 'key', id, name, scopes };
}

/**
 * The user pool says who it is, our own item what they may do and since when sign-ins count.
 * @throws Refusal `session_over`, `sign_in_ended` (401 each) or `not_a_colleague` (403)
 */
async function personBehind(token: string, services: AuthenticationServices): Promise<Principal> {
  const { sub, signedInAt } = await services.verifyToken(token);
  const colleague = await services.principals.find(sub);
  if (!colleague) throw new Refusal('not_a_colleague');
  const { role, notBefore } = colleague;
  // A token counts whole seconds: a sign-in in the same second may have been before.
  if (notBefore !== undefined && signedInAt.getTime() <= Date.parse(notBefore)) throw notSignedIn('sign_in_ended');
  const address = await addressOf(colleague, { token, sub, signedInAt }, services);
  return { kind: 'person', id: sub, name: address ?? sub, address, role };
}

function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (!token) throw notSignedIn('not_signed_in');
  return token;
}

/** Asked for once per sign-in. A user pool that does not answer keeps nobody from their work. */
async function addressOf(
  { address: known, addressAskedFor }: Colleague,
  { token, sub, signedInAt }: { token: string; sub: string; signedInAt: Date },
  { principals, signedInAddress }: AuthenticationServices,
): Promise<string | undefined> {
  if (addressAskedFor !== undefined && Date.parse(addressAskedFor) >= signedInAt.getTime()) return known;
  const asked = await signedInAddress(token, sub).catch(() => undefined);
  await principals.keepAddress(sub, signedInAt, asked);
  return asked ?? known;
}
