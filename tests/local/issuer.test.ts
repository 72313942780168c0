import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { tokenVerifier } from '../../functions/access/access-token.ts';
import { DataFolder } from '../../infra/local/data-folder.ts';
import { Issuer } from '../../infra/local/emulators/issuer.ts';
import { issuerKeys } from '../../infra/local/emulators/issuer-keys.ts';
import { localPerson } from '../../infra/local/emulators/local-people.ts';
import type { LocalRequest } from '../../infra/local/http/http-message.ts';
import { LocalStack } from '../../infra/local/local-stack.ts';
import { resource } from './small-app.ts';

const callback = 'http://localhost:3000/editors/';
const verifier = 'a-verifier-that-is-long-enough-to-be-one-of-forty-three';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const signedIn: string[] = [];
let now = new Date('2026-11-27T01:00:00Z');

const stack = new LocalStack(
  {
    Resources: {
      Pool: resource('AWS::Cognito::UserPool'),
      Client: resource('AWS::Cognito::UserPoolClient', {
        CallbackURLs: ['https://localhost:3000/editors/'],
        LogoutURLs: ['https://localhost:3000/editors/'],
        AllowedOAuthScopes: ['openid', 'email'],
        AccessTokenValidity: 60,
        TokenValidityUnits: { AccessToken: 'minutes' },
      }),
    },
  },
  { region: 'us-east-1', accountId: '000000000000', distributionDomain: 'localhost:3000', queuesOrigin: 'http://127.0.0.1:1' },
);
const issuer = new Issuer({
  stack,
  keys: issuerKeys(new DataFolder()),
  origin: 'http://localhost:3000/_local/issuer',
  now: () => now,
  onSignIn: async ({ role }) => void signedIn.push(role),
});
const clientId = stack.identity('Client').ref;

const ask = (method: string, path: string, parameters: Record<string, string>) => {
  const text = new URLSearchParams(parameters).toString();
  const request: LocalRequest = {
    method,
    path,
    query: method === 'GET' ? text : '',
    headers: {},
    cookies: [],
    body: Buffer.from(method === 'POST' ? text : ''),
    protocol: 'HTTP/1.1',
    viewer: '127.0.0.1',
  };
  return issuer.answer(path, request);
};

const wish = (changes: Record<string, string> = {}) => ({
  client_id: clientId,
  redirect_uri: callback,
  response_type: 'code',
  scope: 'openid email',
  state: 'xyz',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  ...changes,
});

const located = (response: { headers: Record<string, string | string[]> }) => new URL(String(response.headers.location));

async function signIn() {
  const back = located(await ask('POST', '/oauth2/authorize', wish({ role: 'writer' })));
  return back.searchParams.get('code') ?? '';
}

const exchange = (code: string, changes: Record<string, string> = {}) =>
  ask('POST', '/oauth2/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: callback,
    code,
    code_verifier: verifier,
    ...changes,
  });

const tokensIn = (answer: { body: string | Buffer }) =>
  JSON.parse(String(answer.body)) as { access_token: string; id_token: string; refresh_token: string };

/** What the API's own check makes of a token, with the keys that the issuer publishes. */
async function checked(token: string) {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  vi.stubGlobal('fetch', async () => new Response(String((await ask('GET', '/pool/.well-known/jwks.json', {})).body)));
  return tokenVerifier({ userPoolId: stack.identity('Pool').ref, clientId, keysUrl: 'http://localhost:3000/keys' })(token).finally(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

test('a person chooses as whom they sign in', async () => {
  const page = await ask('GET', '/oauth2/authorize', wish());

  expect(page.status).toBe(200);
  for (const role of ['owner', 'editor', 'writer', 'analyst']) expect(String(page.body)).toContain(`Sign in as ${role}@example.org`);
});

test('signing in gives an access token that the API takes, to somebody whose role is known by then', async () => {
  signedIn.length = 0;

  const { access_token: token } = tokensIn(await exchange(await signIn()));

  expect(signedIn).toEqual(['writer']);
  expect(await checked(token)).toEqual({ sub: localPerson('writer').sub, signedInAt: now });
});

test('a renewed token is of the same sign-in', async () => {
  const { refresh_token: refresh } = tokensIn(await exchange(await signIn()));
  const signedInAt = now;
  now = new Date(now.getTime() + 30 * 60_000);

  const renewed = await ask('POST', '/oauth2/token', { grant_type: 'refresh_token', client_id: clientId, refresh_token: refresh });

  expect(await checked(tokensIn(renewed).access_token)).toMatchObject({ signedInAt });
});

test('a token ends, and an ID token is none for the API', async () => {
  const token = await issuer.tokenFor('owner');
  const { id_token: idToken } = tokensIn(await exchange(await signIn()));
  await expect(checked(idToken)).rejects.toMatchObject({ code: 'session_over' });

  now = new Date(now.getTime() + 61 * 60_000);

  await expect(checked(token)).rejects.toMatchObject({ code: 'session_over' });
});

test('a code is worth nothing without its verifier, twice, or late', async () => {
  expect((await exchange(await signIn(), { code_verifier: 'another' })).status).toBe(400);

  const code = await signIn();
  expect((await exchange(code)).status).toBe(200);
  expect((await exchange(code)).status).toBe(400);

  const late = await signIn();
  now = new Date(now.getTime() + 301_000);
  expect((await exchange(late)).status).toBe(400);
});

test('without PKCE there is no code', async () => {
  const { code_challenge: _challenge, ...withoutProof } = wish();
  const back = located(await ask('GET', '/oauth2/authorize', withoutProof));

  expect(back.searchParams.get('error')).toBe('invalid_request');
  expect(back.searchParams.get('state')).toBe('xyz');
});

test('nobody is sent to an address that is not the client’s', async () => {
  const answer = await ask('POST', '/oauth2/authorize', wish({ redirect_uri: 'https://elsewhere.example/' }));

  expect(answer.status).toBe(400);
  expect(answer.headers).not.toHaveProperty('location');
});

test('signing out leads back to the page', async () => {
  expect(located(await ask('GET', '/logout', { client_id: clientId, logout_uri: callback })).href).toBe(callback);
});

test('the bearer of an access token is told their own address, anybody else nothing', async () => {
  const about = async (authorization: string) => {
    const request = { method: 'GET', path: '/oauth2/userInfo', query: '', headers: { authorization }, cookies: [], body: Buffer.from('') };
    return issuer.answer('/oauth2/userInfo', { ...request, protocol: 'HTTP/1.1', viewer: '127.0.0.1' });
  };
  const tokens = JSON.parse(String((await exchange(await signIn())).body)) as { access_token: string; id_token: string };

  const answers = await Promise.all([`Bearer ${tokens.access_token}`, `Bearer ${tokens.id_token}`, 'Bearer x', ''].map(about));

  expect(answers.map(({ status }) => status)).toEqual([200, 401, 401, 401]);
  expect(JSON.parse(String(answers[0]?.body))).toMatchObject({ email: 'writer@example.org', email_verified: 'true' });
});
