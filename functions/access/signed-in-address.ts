import * as z from 'zod';

/** What the user pool says about the bearer of an access token (OpenID Connect Core, 5.3). */
const UserInfo = z.object({ sub: z.string(), email: z.email(), email_verified: z.union([z.boolean(), z.string()]).optional() });

const longestWaitMs = 3_000;

/**
 * The verified address of the person who is signed in, or undefined where the pool gives none. An access token does not
 * carry it, so the pool is asked with the token itself; the scopes `openid email` let it answer.
 */
export async function signedInAddress(token: string, sub: string, signInOrigin: string): Promise<string | undefined> {
  const answer = await fetch(new URL(`${signInOrigin}/oauth2/userInfo`), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(longestWaitMs),
  });
  if (answer.status >= 500) throw new Error(`The user pool answered ${answer.status} when it was asked for an address.`);
  const info = UserInfo.safeParse(await answer.json().catch(() => undefined));
  const isTheirs = info.success && info.data.sub === sub && String(info.data.email_verified ?? 'true') === 'true';
  return isTheirs ? info.data.email : undefined;
}
