import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { tokenVerifier } from '../../functions/access/access-token.ts';

const pool = { userPoolId: 'eu-central-1_Abc123', clientId: 'desk', keysUrl: 'https://keys.example.org/jwks.json' };
const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${pool.userPoolId}`;
const signedInAt = new Date('2026-11-30T08:00:00Z');
const seconds = (date: Date) => date.getTime() / 1000;

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let own: Keys;
let foreign: Keys;
let published: { keys: object[] };
const asks: string[] = [];
beforeAll(async () => {
  [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  published = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] };
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  asks.length = 0;
});

const claims = { sub: 's-1', iss: issuer, client_id: 'desk', token_use: 'access', scope: 'openid email', auth_time: seconds(signedInAt) };

type Made = { key?: Keys; kid?: string; minutes?: number };

const token = (changes: Record<string, unknown> = {}, { key = own, kid = 'one', minutes = 60 }: Made = {}) =>
  new SignJWT({ ...claims, iat: seconds(signedInAt), exp: seconds(signedInAt) + minutes * 60, ...changes })
    .setProtectedHeader({ alg: 'RS256', kid })
    .sign(key.privateKey);

function verifier(answer = async () => Response.json(published)) {
  vi.useFakeTimers({ now: signedInAt.getTime() + 10 * 60_000, toFake: ['Date'] });
  vi.stubGlobal('fetch', async (url: string) => {
    asks.push(url);
    return answer();
  });
  return tokenVerifier(pool);
}

test('an access token tells whose it is and when they signed in; the keys are fetched once, from the address the stack gave', async () => {
  const verify = verifier();

  const [first, second] = [await verify(await token()), await verify(await token({ iat: seconds(signedInAt) + 300 }))];

  expect([first, second]).toEqual([
    { sub: 's-1', signedInAt },
    { sub: 's-1', signedInAt },
  ]);
  expect(asks).toEqual([pool.keysUrl]);
});

test.each([
  ['of another client', () => token({ client_id: 'another' })],
  ['of another pool', () => token({ iss: issuer.replace('Abc123', 'Xyz789') })],
  ['that is an ID token', () => token({ token_use: 'id', aud: 'desk' })],
  ['that does not say what it is for', () => token({ token_use: undefined })],
  ['that has run out', () => token({}, { minutes: 9 })],
  ['that somebody else signed', () => token({}, { key: foreign })],
  ['of a key that is not published', () => token({}, { kid: 'two' })],
  ['that was changed', async () => `${(await token()).slice(0, -6)}AAAAAA`],
  ['with another person written in', async () => (await token()).replace(/\.[^.]+\./, `.${part({ ...claims, sub: 's-2', exp: 9e9 })}.`)],
  ['that says it needs no signature', async () => `${part({ alg: 'none', kid: 'one' })}.${part({ ...claims, exp: 9e9 })}.`],
  ['that is no token', async () => 'not.a.token'],
])('a token %s does not pass, and its bearer is told to sign in again', async (_what, made) => {
  await expect(verifier()(await made())).rejects.toMatchObject({
    code: 'session_over',
    extras: { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
  });
});

test('a key that the pool has changed to is fetched when the first token names it', async () => {
  const verify = verifier();
  await verify(await token());
  published.keys.push({ ...(await exportJWK(foreign.publicKey)), kid: 'three', alg: 'RS256', use: 'sig' });

  expect(await verify(await token({}, { key: foreign, kid: 'three' }))).toMatchObject({ sub: 's-1' });
  expect(asks).toHaveLength(2);
});

test.each([
  ['answers with an error', async () => new Response('busy', { status: 503 })],
  ['answers with a page', async () => new Response('<html>')],
  ['cannot be reached', async () => Promise.reject(new TypeError('fetch failed'))],
])('a pool that %s is no fault of the person: the request fails as ours, and the next one asks again', async (_how, answer) => {
  let isUp = false;
  const verify = verifier(async () => (isUp ? Response.json(published) : answer()));

  await expect(verify(await token())).rejects.not.toMatchObject({ name: 'Refusal' });
  isUp = true;
  expect(await verify(await token())).toMatchObject({ sub: 's-1' });
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
