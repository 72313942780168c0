import * as z from 'zod';
import { type ApiKey, newApiKey } from '../../access/api-key.ts';
import type { ApiKeyStore } from '../../access/api-key-store.ts';
import { actorOf } from '../../access/principal.ts';
import { Scope } from '../../access/scope.ts';
import { after, days, type Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';

export type ApiKeyServices = { apiKeys: Pick<ApiKeyStore, 'create' | 'list' | 'revoke'>; now: Now };

export type ApiKeyAnswer = Pick<ApiKey, 'id' | 'name' | 'scopes' | 'by' | 'createdAt'> & {
  state: 'active' | 'expired' | 'revoked';
  expiresAt: string | null;
  /** To the hour. */
  lastUsedAt: string | null;
  revokedAt: string | null;
  revokedBy: ApiKey['by'] | null;
};

/** Told once, in the answer to the request that made it. */
export type NewApiKeyAnswer = ApiKeyAnswer & { key: string };

const daysByDefault = 365;

export const ApiKeyRequest = z.strictObject({
  /** As the history calls it. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .refine((name) => !/\p{C}/u.test(name), 'a name on one line'),
  scopes: z
    .array(Scope)
    .min(1)
    .default(['issues:write'])
    .transform((scopes) => [...new Set(scopes)]),
  /** A year from now when it is left out; null: never. */
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
});

/** `POST /api/v1/keys`: a key for a program; one that asks for nothing is one that writes drafts, for a year. */
export async function makeApiKey(request: ApiRequest, { apiKeys, now }: ApiKeyServices): Promise<HttpResponse> {
  const { name, scopes, expiresAt } = ApiKeyRequest.parse(jsonBody(request));
  const at = now();
  const until = expiresAt === undefined ? after(at, days(daysByDefault)) : expiresAt === null ? undefined : new Date(expiresAt);
  if (until && until <= at) throw new Refusal('expiry_past', { at: expiresAt ?? '' });
  const { key, id, hash } = newApiKey();
  const made: ApiKey = {
    id,
    name,
    scopes,
    hash,
    by: actorOf(request.principal),
    createdAt: at.toISOString(),
    ...(until && { endsAt: until.toISOString() }),
  };
  await apiKeys.create(made);
  return json(201, { ...answerFor(made, at), key } satisfies NewApiKeyAnswer);
}

/** `GET /api/v1/keys`: all, newest first, also those that do not work any more. */
export async function listApiKeys(_request: HttpRequest, { apiKeys, now }: ApiKeyServices): Promise<HttpResponse> {
  return json(200, { keys: (await apiKeys.list()).map((key) => answerFor(key, now())) });
}

/** `POST /api/v1/keys/{id}/revoke`: refused from the next request on. */
export async function revokeApiKey(request: ApiRequest, { apiKeys, now }: ApiKeyServices): Promise<HttpResponse> {
  const id = request.params.id ?? '';
  const revoked = await apiKeys.revoke(id, actorOf(request.principal), now());
  if (!revoked) throw new Refusal('api_key_not_found', { id: id.slice(0, 40) });
  return json(200, answerFor(revoked, now()));
}

function answerFor({ id, name, scopes, by, createdAt, ...key }: ApiKey, now: Date): ApiKeyAnswer {
  const { endsAt: expiresAt = null, lastUsedAt = null, revokedAt = null, revokedBy = null } = key;
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= now.getTime();
  const state = revokedAt ? 'revoked' : isOver ? 'expired' : 'active';
  return { id, name, scopes, by, createdAt, state, expiresAt, lastUsedAt, revokedAt, revokedBy };
}
