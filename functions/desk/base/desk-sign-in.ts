/** What `GET /editors/config.json` tells the page. */
export type SignInConfig = { signInOrigin: string; clientId: string };

/** Tokens live here, in memory, and nowhere else: a reload signs in again. */
export type Session = { accessToken: string; refreshToken: string | undefined; idToken: string | undefined };

/** What must outlive the redirect, and only that: removed as soon as the code comes back. */
const pendingKey = 'periodical.sign-in';

const redirectUri = () => `${location.origin}/editors/`;

/** Leaves for the user pool's sign-in: authorization code with PKCE (RFC 7636, S256). */
export async function beginSignIn({ signInOrigin, clientId }: SignInConfig, locale: string) {
  const pending = { verifier: randomText(), state: randomText(), hash: location.hash };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri(),
    scope: 'openid email',
    state: pending.state,
    code_challenge_method: 'S256',
    code_challenge: base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier)))),
    lang: locale,
  });
  location.assign(`${signInOrigin}/oauth2/authorize?${query}`);
}

/**
 * Changes the code in the address bar, if there is one, for tokens. The code leaves the address bar before anything else
 * happens; undefined when nobody is coming back from signing in. Throws with the issuer's words.
 */
export async function finishSignIn(config: SignInConfig): Promise<Session | undefined> {
  const answer = new URLSearchParams(location.search);
  const code = answer.get('code');
  const refused = answer.get('error');
  if (!code && !refused) return undefined;
  const stored = sessionStorage.getItem(pendingKey);
  sessionStorage.removeItem(pendingKey);
  const pending = stored === null ? undefined : (JSON.parse(stored) as { verifier: string; state: string; hash: string });
  history.replaceState(null, '', `/editors/${pending?.hash ?? ''}`);
  if (refused) throw new Error(answer.get('error_description') ?? refused);
  if (!code || !pending || pending.state !== answer.get('state')) return undefined;
  return tokens(config, { grant_type: 'authorization_code', code, redirect_uri: redirectUri(), code_verifier: pending.verifier });
}

/** A fresh access token for a session that has run out; undefined when that is over too. */
export async function renewed(config: SignInConfig, { refreshToken }: Session): Promise<Session | undefined> {
  if (!refreshToken) return undefined;
  return tokens(config, { grant_type: 'refresh_token', refresh_token: refreshToken }).then(
    (session) => ({ ...session, refreshToken: session.refreshToken ?? refreshToken }),
    () => undefined,
  );
}

async function tokens({ signInOrigin, clientId }: SignInConfig, grant: Record<string, string>): Promise<Session> {
  const response = await fetch(`${signInOrigin}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...grant, client_id: clientId }),
    referrerPolicy: 'no-referrer',
  });
  const answer = (await response.json()) as {
    access_token?: string;
    refresh_token?: string;
    id_token?: string;
    error?: string;
    error_description?: string;
  };
  if (!response.ok || !answer.access_token) throw new Error(answer.error_description ?? answer.error ?? `HTTP ${response.status}`);
  return { accessToken: answer.access_token, refreshToken: answer.refresh_token, idToken: answer.id_token };
}

/** The id by which records know the person who holds this session. Read for show only. */
export function personIn({ accessToken }: Session): string {
  const [, claims = ''] = accessToken.split('.');
  const bytes = Uint8Array.from(atob(claims.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  return (JSON.parse(new TextDecoder().decode(bytes)) as { sub: string }).sub;
}

const randomText = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));

const base64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
