import * as z from 'zod';
import type { FeedbackLog } from '../../feedback/feedback-log.ts';
import { type DeliveriesServices, readerDeliveries } from '../../feedback/reader-deliveries.ts';
import type { FindDeclaration } from '../../imports/declaration.ts';
import { readEmailAddress } from '../../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Settings } from '../../platform/settings.ts';
import type { AuditEntry, AuditLog } from '../../subscribers/audit-log.ts';
import type { ConsentServices } from '../../subscribers/confirm-subscription.ts';
import { leave } from '../../subscribers/leave.ts';
import { subscriberId } from '../../subscribers/subscriber-id.ts';
import { eraseReader } from '../../subscribers/tombstones/erase-reader.ts';
import { liftSuppression } from '../../subscribers/tombstones/lift-suppression.ts';
import type { Tombstones } from '../../subscribers/tombstones/tombstones.ts';
import { editorOf } from '../editor.ts';
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
    editorsGroup: string;
  };

/** As many digests are looked through for a reader's last deliveries. */
const lastDigests = 20;
const lastLookUps = 20;

/** `GET /editors/subscribers?email=`: one reader by their exact address. That somebody looked is recorded, also when nobody is there. */
export async function lookUpReader(request: HttpRequest, services: ReaderServices): Promise<HttpResponse> {
  const { address, id } = await identified(request.query.get('email') ?? '', services);
  await recordAct('looked up', id, request, services);
  return json(200, await answerFor(id, address, services));
}

/** `POST …/unsubscribe`: they asked by telephone or by mail. Whoever gets nothing anyway is left as they are. */
export async function unsubscribeReader(request: HttpRequest, services: ReaderServices): Promise<HttpResponse> {
  const { id, address } = await named(request, services);
  await recordAct('unsubscribed', id, request, services);
  await leave(id, 'editor', { page: 'editor' }, services);
  return json(200, await answerFor(id, address, services));
}

/** `POST …/erase`: what stays is the id, so that no import brings them back, and for three years the evidence of consent. */
export async function eraseOneReader(request: HttpRequest, services: ReaderServices): Promise<HttpResponse> {
  const { id, address } = await named(request, services);
  await recordAct('erased', id, request, services);
  await eraseReader(id, { page: 'editor' }, services);
  return json(200, await answerFor(id, address, services));
}

const Reason = z.object({ reason: z.string().default('') });
const shortestReason = 3;
const longestReason = 500;

/** `POST …/lift`: a bounce or a complaint is forgiven, with a reason. A tombstone has no address, so it comes with the wish. */
export async function liftReader(request: HttpRequest, services: ReaderServices): Promise<HttpResponse> {
  const { id, address } = await named(request, services);
  const reason = Reason.parse(jsonBody(request)).reason.trim();
  if (reason.length < shortestReason || reason.length > longestReason)
    throw fieldRefusal('reason', 'reason_needed', `A reason of ${shortestReason} to ${longestReason} characters.`);
  const { name: by } = editorOf(request, services.editorsGroup);
  await recordAct('lifted', id, request, services);
  const outcome = await liftSuppression({ id, address, reason, by, locale: services.settings.locale }, services);
  if (outcome === 'not_suppressed') throw new Refusal('wrong_state', 'This reader is not suppressed: there is nothing to lift.');
  if (outcome === 'changed') throw new Refusal('changed_meanwhile', 'This reader has changed meanwhile. Look again.');
  return json(200, await answerFor(id, address, services));
}

async function identified(typed: string, { identityKey }: ReaderServices) {
  const email = readEmailAddress(typed);
  if (typeof email === 'string') throw fieldRefusal('email', `address_${email}`, 'The exact address, such as reader@example.org.');
  return { address: email.address, id: subscriberId(await identityKey(), email.identity) };
}

const Address = z.object({ email: z.string().default('') });

/** The reader of the path, by the address of the body: whoever acts on somebody says whom they mean. */
async function named(request: HttpRequest, services: ReaderServices) {
  const { address, id } = await identified(Address.parse(jsonBody(request)).email, services);
  if (id !== request.params.id) throw fieldRefusal('email', 'other_address', 'This is not the address of that reader.');
  const reader = await services.subscribers.find(id);
  if (!reader) throw nobody();
  if (reader.state === 'moved') throw new Refusal('wrong_state', 'This reader has another address now. Look them up by that.');
  return { address, id };
}

async function answerFor(id: string, address: string, services: ReaderServices) {
  const { subscribers, consents, feedback, audit, declarationOf, region, now } = services;
  const reader = await subscribers.find(id);
  if (!reader) throw nobody();
  const [consent, declaration, events, lookUps, deliveries] = await Promise.all([
    consents.of(id),
    reader.consentImport === undefined ? undefined : declarationOf(reader.consentImport),
    feedback.of(id, now()),
    audit.of(id, lastLookUps),
    consents.idsBefore(id).then((before) => readerDeliveries([id, ...before], lastDigests, services)),
  ]);
  return readerAnswer({ reader, consent, declaration, events, lookUps, deliveries }, { address, region });
}

async function recordAct(act: AuditEntry['act'], id: string, request: HttpRequest, { audit, editorsGroup, now }: ReaderServices) {
  const { id: editor, name: by } = editorOf(request, editorsGroup);
  await audit.record(id, { at: now().toISOString(), act, editor, by });
}

const nobody = () => new Refusal('not_found', 'Nobody is known here by this address.');
const fieldRefusal = (path: string, code: string, message: string) => new Refusal('invalid_request', message, [{ path, message, code }]);
