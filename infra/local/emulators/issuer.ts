import { createHash, randomUUID } from 'node:crypto';
import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { Role } from '../../../functions/access/role.ts';
import type { LocalRequest, LocalResponse } from '../http/http-message.ts';
import { htmlResponse, jsonResponse } from '../http/http-message.ts';
import type { LocalStack } from '../local-stack.ts';
import { read } from '../template.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { signInFailed, signInPage } from './issuer-pages.ts';
import { type LocalPerson, localPeople, localPerson } from './local-people.ts';

type Client = { id: string; callbacks: string[]; logouts: string[]; scopes: string[]; tokenSeconds: number };
type Grant = {
  client: Client;
  person: LocalPerson;
  redirectUri: string;
  challenge: string;
  scope: string;
  nonce: string | null;
  expires: number;
};
/** `signedInAt`: seconds; renewing a token does not change it. */
type Session = { client: Client; person: LocalPerson; scope: string; signedInAt: number };

export type IssuerParts = {
  stack: LocalStack;
  keys: IssuerKeys;
  origin: string;
  now: () => Date;
  /** Awaited before a person gets a token. */
  onSignIn: (person: LocalPerson) => Promise<void>;
};

/** How long Cognito lets a code be exchanged. */
const codeSeconds = 300;

/**
 * The user pool's sign-in, at Cognito's paths below `/_local/issuer`: authorization code with PKCE only. Its tokens
 * name the pool in AWS as their issuer, so they pass the same checks as there and no others.
 */
export class Issuer {
  readonly #parts: IssuerParts;
  readonly #issuer: string;
  readonly #clients: Client[];
  readonly #grants = new Map<string, Grant>();
  readonly #refreshes = new Map<string, Session>();

  constructor(parts: IssuerParts) {
    const { stack } = parts;
    this.#parts = parts;
    const pool = stack.ofType('AWS::Cognito::UserPool')[0];
    this.#issuer = (pool && stack.identity(pool.logicalId).attributes.ProviderURL) ?? '';
    this.#clients = clientsOf(stack);
  }

  get keySet(): JSONWebKeySet {
    return { keys: [this.#parts.keys.publicKey] };
  }

  /** An access token as the person of this role has one who has just signed in. */
  async tokenFor(role: Role): Promise<string> {
    const client = this.#clients[0];
    if (!client) throw new Error('The template has no user pool client.');
    return this.#accessToken(await this.#begin(client, localPerson(role), client.scopes.join(' ')));
  }

  /** `path` is what follows `/_local/issuer`. */
  async answer(path: string, request: LocalRequest): Promise<LocalResponse> {
    const query = new URLSearchParams(request.query);
    if (path.endsWith('/.well-known/jwks.json')) return jsonResponse(200, this.keySet);
    if (path.endsWith('/.well-known/openid-configuration')) return jsonResponse(200, this.#discovery());
    if (path === '/oauth2/authorize' && request.method === 'GET') return this.#authorize(query, undefined);
    if (path === '/oauth2/authorize' && request.method === 'POST') {
      const { role, ...wish } = Object.fromEntries(new URLSearchParams(request.body.toString()));
      return this.#authorize(new URLSearchParams(wish), localPerson(Role.default('owner').parse(role)));
    }
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

  /** The owner of an access token with the scope `openid`, in Cognito's format: booleans are strings. */
  async #userInfo(authorization: string): Promise<LocalResponse> {
    const token = authorization.replace(/^Bearer\s+/i, '');
    const verified = await jwtVerify(token, createLocalJWKSet(this.keySet), { issuer: this.#issuer, currentDate: this.#parts.now() }).catch(
      () => undefined,
    );
    const { token_use: use, scope } = verified?.payload ?? {};
    if (use !== 'access' || !String(scope).split(' ').includes('openid')) return jsonResponse(401, { error: 'invalid_token' });
    const person = localPeople.find(({ sub }) => sub === verified?.payload.sub);
    if (!person) return jsonResponse(401, { error: 'invalid_token' });
    return jsonResponse(200, { sub: person.sub, email: person.email, email_verified: 'true', username: person.sub });
  }

  #authorize(query: URLSearchParams, person: LocalPerson | undefined): LocalResponse {
    const client = this.#clients.find(({ id }) => id === query.get('client_id'));
    const redirectUri = query.get('redirect_uri') ?? '';
    // The caller is not told by a redirect unless the address is one of the client's own.
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
    if (!person) return htmlResponse(200, signInPage(query));
    const code = randomUUID();
    this.#grants.set(code, {
      client,
      person,
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
    const session = await this.#begin(grant.client, grant.person, grant.scope);
    this.#refreshes.set(refreshToken, session);
    return tokenResponse({ ...(await this.#tokens(session, grant.nonce)), refresh_token: refreshToken });
  }

  async #refresh(form: URLSearchParams): Promise<LocalResponse> {
    const known = this.#refreshes.get(form.get('refresh_token') ?? '');
    if (!known || known.client.id !== form.get('client_id')) return oauthError('invalid_grant');
    return tokenResponse(await this.#tokens(known, null));
  }

  async #begin(client: Client, person: LocalPerson, scope: string): Promise<Session> {
    await this.#parts.onSignIn(person);
    return { client, person, scope, signedInAt: this.#seconds() };
  }

  async #tokens(session: Session, nonce: string | null) {
    const { client, person } = session;
    const idToken = await this.#sign(session, {
      aud: client.id,
      token_use: 'id',
      email: person.email,
      email_verified: true,
      ...(nonce && { nonce }),
    });
    return {
      access_token: await this.#accessToken(session),
      id_token: idToken,
      token_type: 'Bearer',
      expires_in: client.tokenSeconds,
    };
  }

  #accessToken(session: Session) {
    return this.#sign(session, { token_use: 'access', client_id: session.client.id, scope: session.scope, version: 2 });
  }

  async #sign({ client, person: { sub }, signedInAt }: Session, claims: Record<string, unknown>): Promise<string> {
    const now = this.#seconds();
    const key = await importJWK(this.#parts.keys.privateKey, 'RS256');
    return new SignJWT({ sub, username: sub, auth_time: signedInAt, jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'local' })
      .setIssuer(this.#issuer)
      .setIssuedAt(now)
      .setExpirationTime(now + client.tokenSeconds)
      .sign(key);
  }

  #seconds() {
    return Math.floor(this.#parts.now().getTime() / 1000);
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
