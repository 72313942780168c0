import * as z from 'zod';
import type { HttpRequest } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';

/** Whoever is signed in and may edit; `id` is the user pool's own and names them in records. */
export type Editor = { id: string; name: string };

/** A list claim arrives as a list, or as the words in brackets that an HTTP API makes of one: `[editors admins]`. */
const Groups = z.union([z.array(z.string()), z.string().transform((text) => text.replace(/^\[|\]$/g, '').split(/[\s,]+/))]).catch([]);

const Claims = z.object({
  sub: z.string().min(1),
  token_use: z.string().optional(),
  username: z.string().optional(),
  'cognito:groups': Groups.default([]),
});

/**
 * The editor behind a request. The authorizer has checked the signature, the issuer and the client; that it is an
 * access token (an ID token passes the authorizer too) and that its bearer is an editor is checked here.
 */
export function editorOf({ claims }: HttpRequest, group: string): Editor {
  const parsed = Claims.safeParse(claims);
  if (!parsed.success) throw new Refusal('not_signed_in', 'Sign in first: this address needs the access token of an editor.');
  const { sub, username, token_use: use, 'cognito:groups': groups } = parsed.data;
  if (use !== 'access')
    throw new Refusal('not_an_editor', `This is the token for ${use ? `“${use}”` : 'something else'}; an access token would do.`);
  if (!groups.includes(group)) throw new Refusal('not_an_editor', `You are signed in, but not in the group “${group}” of this newsletter.`);
  return { id: sub, name: username ?? sub };
}
