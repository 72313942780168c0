import { createHash } from 'node:crypto';
import type { Principal } from '../../access/principal.ts';
import type { Now } from '../../platform/clock.ts';
import { compressedParts, fromCompressedParts } from '../../platform/compressed-parts.ts';
import { type HttpRequest, type HttpResponse, problemResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decrypt, encrypt } from '../../platform/sealing/encrypt.ts';
import { keyedHash } from '../../platform/sealing/keyed-hash.ts';
import type { ApiRequest } from '../api-request.ts';
import type { KeptAnswers } from './kept-answers.ts';

export type IdempotencyServices = {
  keptAnswers: Pick<KeptAnswers, 'claim' | 'keep' | 'giveBack'>;
  identityKey: () => Promise<string>;
  now: Now;
};

/**
 * Does a POST once for its `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a client that repeats it within a day gets
 * the same answer. Without the header it does it every time. A request that was refused changed nothing, and its key may
 * be used again. If the process dies before it answers, the key runs the request again after a minute.
 * @throws Refusal `idempotency_key_invalid`, `idempotency_key_reused` with another request, `request_in_progress`
 */
export async function oncePerKey(
  request: ApiRequest,
  services: IdempotencyServices,
  answer: () => Promise<HttpResponse> | HttpResponse,
): Promise<HttpResponse> {
  const key = keyIn(request);
  if (request.method !== 'POST' || key === undefined) return answer();
  const { keptAnswers, now } = services;
  const mark = markOf(request.principal, key);
  const known = await keptAnswers.claim({ mark, fingerprint: fingerprintOf(request) }, now());
  if (known.kind === 'other') throw new Refusal('idempotency_key_reused');
  if (known.kind === 'running') throw new Refusal('request_in_progress', {}, { headers: { 'retry-after': '1' } });
  const seal = keyedHash(await services.identityKey(), 'kept-answer', `${mark}\n${key}`);
  if (known.kind === 'answered') return opened(known.parts, seal);
  const keep = async (given: HttpResponse) => keptAnswers.keep(mark, known.claimId, await sealed(given, seal), now());
  const given = await settled(answer).catch(async (error: unknown) => {
    // What was half done, such as test mails of which SES took some, is not done again.
    if (Refusal.is(error) && error.status >= 500) await keep(problemResponse(error));
    else await keptAnswers.giveBack(mark, known.claimId);
    throw error;
  });
  await keep(given);
  return given;
}

const settled = async (answer: () => Promise<HttpResponse> | HttpResponse) => answer();

/** With or without the quotes of a structured field (RFC 9651). */
function keyIn({ headers }: HttpRequest): string | undefined {
  const written = headers['idempotency-key'];
  if (written === undefined) return undefined;
  const key = /^"?([\x21\x23-\x7e]{1,255}?)"?$/.exec(written.trim())?.[1];
  if (!key) throw new Refusal('idempotency_key_invalid');
  return key;
}

/** Keys of two principals have nothing to do with each other. */
const markOf = ({ kind, id }: Principal, key: string) => createHash('sha256').update(`${kind}\n${id}\n${key}`).digest('hex');

/** Everything that decides what a request does. A form that is built again has another boundary, and is the same request. */
function fingerprintOf({ method, path, query, headers, body }: HttpRequest): string {
  const type = headers['content-type'] ?? '';
  const boundary = /^multipart\/.*?boundary="?([^\s";]{1,70})/i.exec(type.slice(0, 300))?.[1];
  const bytes = Buffer.from(body);
  const told = boundary ? Buffer.from(bytes.toString('latin1').replaceAll(boundary, ''), 'latin1') : bytes;
  const about = [method, path, query.toString(), boundary ? 'multipart' : type, headers['if-match'] ?? ''].join('\n');
  return createHash('sha256').update(`${about}\n`).update(told).digest('hex');
}

/** An answer may hold a reader's address or a new key: the table alone does not tell it, nor does the table with the secrets. */
async function sealed({ status, headers, body }: HttpResponse, key: Uint8Array): Promise<Uint8Array[]> {
  const parts = await compressedParts({ status, headers, body: body === undefined ? undefined : Buffer.from(body).toString('utf8') });
  return parts.map((part) => encrypt(key, part));
}

async function opened(parts: readonly Uint8Array[], key: Uint8Array): Promise<HttpResponse> {
  const { status, headers, body } = (await fromCompressedParts(parts.map((part) => decrypt(key, part)))) as HttpResponse;
  return { status, headers: { ...headers, 'idempotent-replayed': 'true' }, ...(body !== undefined && { body }) };
}
