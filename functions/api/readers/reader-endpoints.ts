import * as z from 'zod';
import { actorOf } from '../../access/principal.ts';
import type { FeedbackLog } from '../../feedback/feedback-log.ts';
import { type DeliveriesServices, readerDeliveries } from '../../feedback/reader-deliveries.ts';
import type { FindDeclaration } from '../../imports/declaration.ts';
import { readEmailAddress } from '../../mail/email-address.ts';
import { closedDirection } from '../../platform/closed-direction.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Settings } from '../../settings/settings.ts';
import type { AuditEntry, AuditLog } from '../../subscribers/audit-log.ts';
import type { ConsentServices } from '../../subscribers/confirm-subscription.ts';
import { leave } from '../../subscribers/leave.ts';
import { subscriberId } from '../../subscribers/subscriber-id.ts';
import { eraseReader } from '../../subscribers/tombstones/erase-reader.ts';
import { reinstateReader } from '../../subscribers/tombstones/reinstate-reader.ts';
import type { Tombstones } from '../../subscribers/tombstones/tombstones.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import { readerAnswer } from './reader-answer.ts';

export type ReaderServices = ConsentServices &
  DeliveriesServices & {
    tombstones: Tombstones;
    feedback: Pick<FeedbackLog, 'of'>;
    audit: AuditLog;
    declarationOf: FindDeclaration;
    identityKey: () => Promise<string>;
    settings: Pick<Settings, 'locale'>;
    region: string;
  };

/** As many digests are looked through for a reader's last deliveries. */
const lastDigests = 20;
const lastAccesses = 20;

/** `GET /api/v1/subscribers?email=`: one reader by their exact address. That somebody looked is recorded, also when nobody is there. */
export async function searchReader(request: ApiRequest, services: ReaderServices): Promise<HttpResponse> {
  const { address, id } = await identified(request.query.get('email') ?? '', services);
  await recordAct('looked up', id, request, services);
  return json(200, await answerFor(id, address, services));
}

/** `POST …/unsubscribe`: they asked by telephone or by mail. Readers who get no mail anyway are not changed. */
export async function unsubscribeReader(request: ApiRequest, services: ReaderServices): Promise<HttpResponse> {
  const { id, address } = await named(request, services);
  await recordAct('unsubscribed', id, request, services);
  await leave(id, 'editor', { page: 'editor', by: actorOf(request.principal) }, services);
  return json(200, await answerFor(id, address, services));
}

/** `POST …/erase`: what stays is the id, so that no import brings them back, and for three years the evidence of consent. */
export async function eraseOneReader(request: ApiRequest, services: ReaderServices): Promise<HttpResponse> {
  const { id, address } = await named(request, services);
  await recordAct('erased', id, request, services);
  await eraseReader(id, { page: 'editor', by: actorOf(request.principal) }, services);
  return json(200, await answerFor(id, address, services));
}

export const ReinstateRequest = z.object({ email: z.string().default(''), reason: z.string().default('') });
const shortestReason = 3;
const longestReason = 500;

/** `POST …/reinstate`: a bounce or a complaint is forgiven, with a reason. A tombstone has no address, so it comes with the wish. */
export async function reinstateOneReader(request: ApiRequest, services: ReaderServices): Promise<HttpResponse> {
  const { id, address } = await named(request, services);
  const reason = closedDirection(ReinstateRequest.parse(jsonBody(request)).reason.trim());
  if (reason.length < shortestReason || reason.length > longestReason)
    throw new Refusal('reason_needed', { least: shortestReason, most: longestReason });
  const by = actorOf(request.principal);
  await recordAct('reinstated', id, request, services);
  const outcome = await reinstateReader({ id, address, reason, by, locale: services.settings.locale }, services);
  if (outcome === 'not_suppressed') throw new Refusal('not_suppressed');
  if (outcome === 'changed') throw new Refusal('reader_changed');
  return json(200, await answerFor(id, address, services));
}

async function identified(typed: string, { identityKey }: ReaderServices) {
  const email = readEmailAddress(typed);
  if (typeof email === 'string') throw new Refusal(`address_${email}`);
  return { address: email.address, id: subscriberId(await identityKey(), email.identity) };
}

export const ReaderRequest = z.object({ email: z.string().default('') });

/** The reader of the path, by the address of the body: an editor who acts on a reader says whom they mean. */
async function named(request: HttpRequest, services: ReaderServices) {
  const { address, id } = await identified(ReaderRequest.parse(jsonBody(request)).email, services);
  if (id !== request.params.id) throw new Refusal('other_address');
  const reader = await services.subscribers.find(id);
  if (!reader) throw new Refusal('reader_not_found');
  if (reader.state === 'moved') throw new Refusal('reader_moved');
  return { address, id };
}

async function answerFor(id: string, address: string, services: ReaderServices) {
  const { subscribers, consents, feedback, audit, declarationOf, region, now } = services;
  const reader = await subscribers.find(id);
  if (!reader) throw new Refusal('reader_not_found');
  const [consent, declaration, events, accesses, deliveries] = await Promise.all([
    consents.of(id),
    reader.consentImport === undefined ? undefined : declarationOf(reader.consentImport),
    feedback.of(id, now()),
    audit.of(id, lastAccesses),
    consents.idsBefore(id).then((before) => readerDeliveries([id, ...before], lastDigests, services)),
  ]);
  return readerAnswer({ reader, consent, declaration, events, accesses, deliveries }, { address, region });
}

async function recordAct(act: AuditEntry['act'], id: string, { principal }: ApiRequest, { audit, now }: ReaderServices) {
  await audit.record(id, { at: now().toISOString(), act, by: actorOf(principal) });
}
