import { createHash, randomUUID } from 'node:crypto';
import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import type { LocalRequest, LocalResponse } from '../http/http-message.ts';
import { htmlResponse, jsonResponse } from '../http/http-message.ts';
import type { LocalStack } from '../local-stack.ts';
import { read } from '../template.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { signInFailed, signInPage } from './issuer-pages.ts';

type Client = { id: string; callbacks: string[]; logouts: string[]; scopes: string[]; tokenSeconds: number };
type Grant = { client: Client; redirectUri: string; challenge: string; scope: string; nonce: string | null; expires: number };
type Refresh = { client: Client; scope: string };

export type IssuerParts = { stack: LocalStack; keys: IssuerKeys; origin: string; now: () => Date };

/** The one editor there is here. */
const editor = { sub: '00000000-0000-4000-8000-000000000001', email: 'editor@example.org' };

/** How long Cognito lets a code be exchanged. */
const codeSeconds = 300;

/**
 * The user pool's sign-in, at Cognito's paths below `/_local/issuer`: authorization code with PKCE only. Its tokens
 * name the pool in AWS as their issuer, so they pass the same checks as there and no others.
 */
export class Issuer {
  readonly #parts: IssuerParts;
  readonly #issuer: string;
  readonly #groups: string[];
  readonly #clients: Client[];
  readonly #grants = new Map<string, Grant>();
  readonly #refreshes = new Map<string, Refresh>();

  constructor(parts: IssuerParts) {
    const { stack } = parts;
    this.#parts = parts;
    const pool = stack.ofType('AWS::Cognito::UserPool')[0];
    this.#issuer = (pool && stack.identity(pool.logicalId).attributes.ProviderURL) ?? '';
    this.#groups = stack.ofType('AWS::Cognito::UserPoolGroup').map(({ logicalId }) => stack.identity(logicalId).ref);
    this.#clients = clientsOf(stack);
  }

  get keySet(): JSONWebKeySet {
    return { keys: [this.#parts.keys.publicKey] };
  }

  /** An access token as a signed-in editor has one. */
  async editorToken(): Promise<string> {
    const client = this.#clients[0];
    if (!client) throw new Error('The template has no user pool client.');
    return this.#accessToken(client, client.scopes.join(' '));
  }

  /** `path` is what follows `/_local/issuer`. */
  async answer(path: string, request: LocalRequest): Promise<LocalResponse> {
    const query = new URLSearchParams(request.query);
    if (path.endsWith('/.well-known/jwks.json')) return jsonResponse(200, this.keySet);
    if (path.endsWith('/.well-known/openid-configuration')) return jsonResponse(200, this.#discovery());
    if (path === '/oauth2/authorize' && request.method === 'GET') return this.#authorize(query, false);
    if (path === '/oauth2/authorize' && request.method === 'POST')
      return this.#authorize(new URLSearchParams(request.body.toString()), true);
    if (path === '/oauth2/token' && request.method === 'POST') return this.#token(new URLSearchParams(request.body.toString()));
    if (path === '/oauth2/userInfo') return this.#userInfo(request.headers.authorization ?? '');
    if (path === '/oauth2/revoke') return jsonResponse(200, {});
    if (path === '/logout') return this.#logout(query);
    return jsonResponse(404, { message: 'Not Found' });
  }

  #discovery() {
    const { origin } = this.#parts;
    return {
      issuer: this.#issuer,
      authorization_endpoint: `${origin}/oauth2/authorize`,
      token_endpoint: `${origin}/oauth2/token`,
      end_session_endpoint: `${origin}/logout`,
      jwks_uri: `${origin}/${this.#issuer.split('/').at(-1)}/.well-known/jwks.json`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  /** Whoever bears an access token with the scope `openid`, as Cognito tells it: booleans are texts there. */
  async #userInfo(authorization: string): Promise<LocalResponse> {
    const token = authorization.replace(/^Bearer\s+/i, '');
    const verified = await jwtVerify(token, createLocalJWKSet(this.keySet), { issuer: this.#issuer, currentDate: this.#parts.now() }).catch(
      () => undefined,
    );
    const { token_use: use, scope } = verified?.payload ?? {};
    if (use !== 'access' || !String(scope).split(' ').includes('openid')) return jsonResponse(401, { error: 'invalid_token' });
    return jsonResponse(200, { sub: editor.sub, email: editor.email, email_verified: 'true', username: editor.sub });
  }

  #authorize(query: URLSearchParams, signedIn: boolean): LocalResponse {
    const client = this.#clients.find(({ id }) => id === query.get('client_id'));
    const redirectUri = query.get('redirect_uri') ?? '';
    // Whoever asks is not told by a redirect unless the address is one of the client's own.
    if (!client) return htmlResponse(400, signInFailed('The sign-in names no client of this user pool.'));
    if (!client.callbacks.includes(redirectUri))
      return htmlResponse(
        400,
        signInFailed(`${redirectUri || 'No address'} is not among the client’s callback addresses: ${client.callbacks.join(', ')}`),
      );
    const back = (parameters: Record<string, string>) => redirect(redirectUri, { ...parameters, state: query.get('state') ?? '' });
    const scopes = (query.get('scope') ?? client.scopes.join(' ')).split(' ');
    if (query.get('response_type') !== 'code') return back({ error: 'unsupported_response_type' });
    if (!scopes.every((scope) => client.scopes.includes(scope))) return back({ error: 'invalid_scope' });
    if (!query.get('code_challenge') || query.get('code_challenge_method') !== 'S256')
      return back({ error: 'invalid_request', error_description: 'PKCE with S256 is required' });
    if (!signedIn) return htmlResponse(200, signInPage(query, editor.email));
    const code = randomUUID();
    this.#grants.set(code, {
      client,
      redirectUri,
      challenge: query.get('code_challenge') ?? '',
      scope: scopes.join(' '),
      nonce: query.get('nonce'),
      expires: this.#parts.now().getTime() + codeSeconds * 1000,
    });
    return back({ code });
  }

  async #token(form: URLSearchParams): Promise<LocalResponse> {
    if (form.get('grant_type') === 'refresh_token') return this.#refresh(form);
    if (form.get('grant_type') !== 'authorization_code') return oauthError('unsupported_grant_type');
    const code = form.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.expires < this.#parts.now().getTime()) return oauthError('invalid_grant');
    if (grant.client.id !== form.get('client_id')) return oauthError('invalid_client');
    if (grant.redirectUri !== form.get('redirect_uri') || grant.challenge !== proof) return oauthError('invalid_grant');
    const refreshToken = randomUUID();
    this.#refreshes.set(refreshToken, { client: grant.client, scope: grant.scope });
    return tokenResponse({ ...(await this.#tokens(grant.client, grant.scope, grant.nonce)), refresh_token: refreshToken });
  }

  async #refresh(form: URLSearchParams): Promise<LocalResponse> {
    const known = this.#refreshes.get(form.get('refresh_token') ?? '');
    if (!known || known.client.id !== form.get('client_id')) return oauthError('invalid_grant');
    return tokenResponse(await this.#tokens(known.client, known.scope, null));
  }

  async #tokens(client: Client, scope: string, nonce: string | null) {
    const idToken = await this.#sign(client, {
      aud: client.id,
      token_use: 'id',
      email: editor.email,
      email_verified: true,
      ...(nonce && { nonce }),
    });
    return {
      access_token: await this.#accessToken(client, scope),
      id_token: idToken,
      token_type: 'Bearer',
      expires_in: client.tokenSeconds,
    };
  }

  #accessToken(client: Client, scope: string) {
    return this.#sign(client, { token_use: 'access', client_id: client.id, scope, version: 2 });
  }

  async #sign(client: Client, claims: Record<string, unknown>): Promise<string> {
    const now = Math.floor(this.#parts.now().getTime() / 1000);
    const key = await importJWK(this.#parts.keys.privateKey, 'RS256');
    const person = { sub: editor.sub, 'cognito:groups': this.#groups, username: editor.sub, auth_time: now, jti: randomUUID() };
    return new SignJWT({ ...person, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'local' })
      .setIssuer(this.#issuer)
      .setIssuedAt(now)
      .setExpirationTime(now + client.tokenSeconds)
      .sign(key);
  }

  #logout(query: URLSearchParams): LocalResponse {
    const client = this.#clients.find(({ id }) => id === query.get('client_id'));
    const target = query.get('logout_uri') ?? '';
    if (!client?.logouts.includes(target))
      return htmlResponse(400, signInFailed(`${target || 'No address'} is not among the client’s sign-out addresses.`));
    return redirect(target, {});
  }
}

function clientsOf(stack: LocalStack): Client[] {
  const minutes: Record<string, number> = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 };
  return stack.ofType('AWS::Cognito::UserPoolClient').map(({ logicalId, properties }) => {
    const unit = read.text(read.object(properties, 'TokenValidityUnits'), 'AccessToken') ?? 'hours';
    return {
      id: stack.identity(logicalId).ref,
      callbacks: read.texts(properties, 'CallbackURLs'),
      logouts: read.texts(properties, 'LogoutURLs'),
      scopes: read.texts(properties, 'AllowedOAuthScopes'),
      tokenSeconds: (read.number(properties, 'AccessTokenValidity') ?? 1) * (minutes[unit] ?? 60) * 60,
    };
  });
}

function redirect(to: string, parameters: Record<string, string>): LocalResponse {
  const address = new URL(to);
  for (const [name, value] of Object.entries(parameters)) if (value) address.searchParams.set(name, value);
  return { status: 302, headers: { location: address.href, 'cache-control': 'no-store' }, body: '' };
}

const tokenResponse = (body: object): LocalResponse => {
  const response = jsonResponse(200, body);
  return { ...response, headers: { ...response.headers, 'cache-control': 'no-store' } };
};

const oauthError = (error: string) => jsonResponse(400, { error });
