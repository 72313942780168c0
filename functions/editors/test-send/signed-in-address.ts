import * as z from 'zod';
import type { HttpRequest } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';

/** What the user pool says about the bearer of an access token (OpenID Connect Core, 5.3). */
const UserInfo = z.object({ sub: z.string(), email: z.email(), email_verified: z.union([z.boolean(), z.string()]).optional() });

/**
 * The verified address of the editor who is signed in. An access token does not carry it, so the pool is asked with that
 * very token; the scopes `openid email` let it answer.
 */
export async function signedInAddress({ headers, claims }: HttpRequest, signInOrigin: string): Promise<string> {
  const authorization = headers.authorization ?? '';
  const bearer = /^bearer /i.test(authorization) ? authorization : `Bearer ${authorization}`;
  const answer = await fetch(new URL(`${signInOrigin}/oauth2/userInfo`), {
    headers: { authorization: bearer },
    signal: AbortSignal.timeout(5_000),
  });
  if (answer.status >= 500) throw new Error(`The user pool answered ${answer.status} when it was asked for an editor’s address.`);
  const info = UserInfo.safeParse(await answer.json().catch(() => undefined));
  if (!info.success || info.data.sub !== claims.sub || String(info.data.email_verified ?? 'true') !== 'true')
    throw new Refusal('not_signed_in', 'The sign-in does not tell your address. Sign in again; your address has to be verified.');
  return info.data.email;
}
