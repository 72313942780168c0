import * as z from 'zod';
import { actorOf, type Principal } from '../../access/principal.ts';
import { forgivenBy } from '../../deliveries/brake/postpone-provider.ts';
import type { IncidentMessage } from '../../deliveries/incidents/incident-message.ts';
import type { ReportRequest } from '../../deliveries/report/recent-reports.ts';
import { type DeliveryReport, reachOf } from '../../digests/delivery-report.ts';
import type { Digest, ProviderBlocks } from '../../digests/digest.ts';
import { actionsOn } from '../../digests/digest-actions.ts';
import type { DigestAct, DigestHistory } from '../../digests/history/digest-history.ts';
import { type Hold, isFinal, resumableHolds } from '../../digests/hold.ts';
import type { IncidentStore } from '../../digests/incident-store.ts';
import type { WishKind } from '../../digests/wishes/wish.ts';
import type { WishStore } from '../../digests/wishes/wish-store.ts';
import type { Breaker } from '../../mail/breaker.ts';
import { type MailboxProvider, mailboxProviders } from '../../mail/mailbox-provider.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpResponse } from '../../platform/http.ts';
import { jsonText } from '../../platform/json-text.ts';
import type { Queue } from '../../platform/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { type DigestAnswer, digestAnswer } from './digest-answer.ts';
import { type NextDigestServices, nextDigest } from './next-digest-endpoints.ts';

export type DigestServices = NextDigestServices & {
  digests: {
    find(id: string): Promise<Digest | undefined>;
    list(limit: number, before?: Digest): Promise<Digest[]>;
    hold(id: string, hold: Hold, reason?: string): Promise<boolean>;
    release(id: string, hold: Hold): Promise<boolean>;
    sendToProviders(id: string, providers: readonly MailboxProvider[], forgiven: ProviderBlocks): Promise<boolean>;
    forgive(id: string, report: DeliveryReport): Promise<void>;
  };
  digestHistory: Pick<DigestHistory, 'record' | 'of'>;
  wishes: Pick<WishStore, 'wish'>;
  /** Wakes the planned batches of a digest at once, not only when the watch comes by. */
  wakeBatches: (digest: Digest) => Promise<unknown>;
  /** Where what was decided of an incident is done, reader by reader. */
  incidents: Pick<Queue<IncidentMessage>, 'send'>;
  incidentStore: Pick<IncidentStore, 'settle'>;
  reportOf: (digestId: string, request?: ReportRequest) => Promise<DeliveryReport>;
  breaker: Pick<Breaker, 'look'>;
  now: Now;
};

/** SES gives up on a mail after this long. */
const feedbackMilliseconds = 3 * 24 * 3_600_000;

export const DigestsPage = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: z.string().min(1).max(200).optional(),
});

/** `GET /api/v1/digests`: newest first, and the run that comes next. `before` is the `?before=` of the page that follows, null when this one is empty. */
export async function listDigests({ query, principal }: ApiRequest, services: DigestServices): Promise<HttpResponse> {
  const { limit, before } = DigestsPage.parse(Object.fromEntries(query));
  const beforeThis = before === undefined ? undefined : await mustFind(before, services);
  const [digests, next] = await Promise.all([services.digests.list(limit, beforeThis), nextDigest(services)]);
  return json(200, {
    digests: await Promise.all(digests.map((digest) => listAnswer(digest, principal, services))),
    before: digests.at(-1)?.id ?? null,
    next,
  });
}

/** `GET /api/v1/digests/{id}` */
export async function showDigest({ params, principal }: ApiRequest, services: DigestServices): Promise<HttpResponse> {
  return json(200, await wholeAnswer(await mustFind(params.id, services), principal, services));
}

/** `POST …/pause`: no further batch is begun. Pausing a paused digest changes nothing. */
export const pauseDigest = (request: ApiRequest, services: DigestServices) =>
  changeDigest(request, services, async ({ id, phase, holds }, record) => {
    if (phase === 'open' && !holds.has('editor')) await record({ did: 'paused' });
    return services.digests.hold(id, 'editor');
  });

export const ResumeRequest = z.strictObject({ provider: z.enum(mailboxProviders).optional(), keepPostponed: z.boolean().default(false) });

/**
 * `POST …/resume`: lifts the holds that wait for an editor, and no other; sending goes on where it stopped. With
 * `{"provider": "qq"}` it lifts none and mails the postponed readers of that provider. With `{"keepPostponed": true}` readers who
 * are postponed stay so.
 */
export const resumeDigest = (request: ApiRequest, services: DigestServices) =>
  changeDigest(request, services, async (before, record) => {
    const { id } = before;
    const { digests, reportOf, wakeBatches, now } = services;
    const { provider, keepPostponed } =
      request.body.length > 0 ? jsonText(ResumeRequest).parse(Buffer.from(request.body).toString('utf8')) : {};
    const going = [...before.postponed].filter((held) => (provider ? held === provider : !keepPostponed));
    const lifted = provider ? [] : resumableHolds(before, now());
    if (before.phase === 'open' && lifted.length + going.length > 0)
      await record({ did: provider ? 'sent_to_postponed' : 'resumed', ...(going.length > 0 && { providers: going }) });
    const seen = going.length > 0 || before.holds.has('brake') ? await reportOf(id) : undefined;
    const changes = [before.phase === 'open'];
    if (seen && going.length > 0) changes.push(await digests.sendToProviders(id, going, forgivenBy(before, seen, going)));
    if (seen && !provider && before.holds.has('brake')) await digests.forgive(id, seen);
    changes.push(...(await Promise.all(lifted.map((hold) => digests.release(id, hold)))));
    await wakeBatches(await mustFind(id, services));
    return changes.every(Boolean);
  });

/**
 * `POST …/plan-again`: readers for whom SES never took a mail are planned again: those who failed, were rejected, or are unknown.
 * Somebody of these last may have got the mail after all, and the report counts them. Also of a digest that is done, which goes on.
 */
export const planAgain = (request: ApiRequest, services: DigestServices) => wishAgain('plan', request, services);

/** `POST …/mail-again`: of a digest that is done, readers whose mailbox provider refused the mail get it a second time. */
export const mailAgain = (request: ApiRequest, services: DigestServices) => wishAgain('mail', request, services);

/** A wish that reaches nobody, or is being fulfilled, changes nothing. */
const wishAgain = (kind: WishKind, request: ApiRequest, services: DigestServices) =>
  changeDigest(request, services, async (digest, record) => {
    if ((digest.phase !== 'open' && digest.phase !== 'done') || isFinal(digest)) return false;
    const report = await services.reportOf(digest.id);
    if (!actionsOn(digest, report, services.now()).includes(`${kind}-again`)) return true;
    await record({ did: kind === 'plan' ? 'planned_again' : 'mailed_again', readers: reachOf(report)[kind] });
    return services.wishes.wish(digest, kind, report, services.now());
  });

export const IncidentRequest = z.strictObject({ provider: z.enum(mailboxProviders), decision: z.enum(['reinstate', 'confirm']) });

/**
 * `POST …/incident` with `{"provider": "gmail", "decision": "reinstate"}`: what becomes of all readers there whose mailboxes this digest found
 * dead. Also of a digest that is over.
 */
export const decideIncident = (request: ApiRequest, services: DigestServices) =>
  changeDigest(request, services, async ({ id, incidents }, record) => {
    const { provider, decision: act } = jsonText(IncidentRequest).parse(Buffer.from(request.body).toString('utf8'));
    if (!incidents.has(provider)) return true;
    await record({ did: act === 'reinstate' ? 'reinstated_dead' : 'confirmed_dead', providers: [provider] });
    // The message first: it may come twice, and an incident that is settled cannot be decided again.
    await services.incidents.send({ kind: 'incident', digest: id, provider, act });
    await services.incidentStore.settle(id, provider);
    return true;
  });

/** `POST …/cancel`: ends batch by batch; readers who were not mailed yet are `skipped: cancelled`. */
export const cancelDigest = (request: ApiRequest, services: DigestServices) =>
  changeDigest(request, services, async ({ id, phase, holds }, record) => {
    if (phase === 'open' && !holds.has('cancel')) await record({ did: 'cancelled' });
    return services.digests.hold(id, 'cancel');
  });

/** Keeps what a colleague is about to do. It comes before the act: an entry may be without effect, an act never without entry. */
type RecordAct = (act: Pick<DigestAct, 'did' | 'providers' | 'readers'>) => Promise<void>;

async function changeDigest(
  { params, principal }: ApiRequest,
  services: DigestServices,
  change: (before: Digest, record: RecordAct) => Promise<boolean>,
) {
  const before = await mustFind(params.id, services);
  const { id } = before;
  const changed = await change(before, (act) =>
    services.digestHistory.record(id, { at: services.now().toISOString(), by: actorOf(principal), ...act }),
  );
  const answer = await wholeAnswer(await mustFind(id, services), principal, services);
  if (!changed) throw new Refusal('digest_ended', { id, state: answer.state });
  return json(200, answer);
}

async function mustFind(id: string | undefined, { digests }: DigestServices): Promise<Digest> {
  const digest = id ? await digests.find(id) : undefined;
  if (!digest) throw new Refusal('digest_not_found', { id: id ?? '' });
  return digest;
}

/** Mailboxes go on answering after a digest is over, so its report is taken from the ledger's sums. What is on its way may be a little old. */
async function answerFor(digest: Digest, principal: Principal, { reportOf, breaker, now }: DigestServices): Promise<DigestAnswer> {
  if (digest.phase === 'skipped') return digestAnswer(digest, { principal, now: now() });
  const [report, { outage }] = await Promise.all([reportOf(digest.id, { mayBeOld: digest.phase === 'open' }), breaker.look()]);
  return digestAnswer(digest, { principal, now: now(), report, outage });
}

/** One digest, with who did what to it. */
async function wholeAnswer(digest: Digest, principal: Principal, services: DigestServices): Promise<DigestAnswer> {
  const [answer, history] = await Promise.all([answerFor(digest, principal, services), services.digestHistory.of(digest.id)]);
  return { ...answer, history };
}

/** In a list, a digest that mailboxes have stopped answering about shows the report written at its end. */
export async function listAnswer(digest: Digest, principal: Principal, services: DigestServices): Promise<DigestAnswer> {
  const { endedAt, report } = digest;
  const quiet = endedAt !== undefined && Date.parse(endedAt) < services.now().getTime() - feedbackMilliseconds;
  return quiet && report ? digestAnswer(digest, { principal, now: services.now(), report }) : answerFor(digest, principal, services);
}
