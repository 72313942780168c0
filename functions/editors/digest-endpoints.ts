import * as z from 'zod';
import { forgivenBy } from '../deliveries/brake/hold-back.ts';
import { isUnjudged } from '../digests/canary.ts';
import type { Digest, Hold, ProviderBlocks } from '../digests/digest.ts';
import { nextOccurrences, occurrenceId } from '../digests/occurrence.ts';
import type { Receipt } from '../digests/receipt.ts';
import { type MailboxProvider, mailboxProviders } from '../mail/mailbox-provider.ts';
import type { Now } from '../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { jsonText } from '../platform/json-text.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Settings } from '../platform/settings.ts';
import { type DigestAnswer, digestAnswer, type NextDigest, type UpcomingRun } from './digest-answer.ts';
import { json } from './json-response.ts';

export type DigestServices = {
  digests: {
    find(id: string): Promise<Digest | undefined>;
    list(limit: number, before?: Digest): Promise<Digest[]>;
    hold(id: string, hold: Hold, reason?: string): Promise<boolean>;
    release(id: string, hold: Hold): Promise<boolean>;
    sendToProviders(id: string, providers: readonly MailboxProvider[], forgiven: ProviderBlocks): Promise<boolean>;
    sendToUnknown(id: string, now: Date): Promise<boolean>;
    forgive(id: string, receipt: Receipt): Promise<void>;
  };
  /** Wakes the planned orders of a digest, so that nobody waits for the watch. */
  wakeOrders: (digest: Digest) => Promise<unknown>;
  receiptOf: (digestId: string) => Promise<Receipt>;
  /** Slugs of the queued issues, in the order a digest would carry them. */
  queuedIssues: () => Promise<string[]>;
  settings: Pick<Settings, 'schedule' | 'timeZone'>;
  now: Now;
};

/** SES gives up on a mail after this long; a ledger costs a read of every order, too much for a list of fifty. */
const feedbackMilliseconds = 3 * 24 * 3_600_000;

const Page = z.object({ limit: z.coerce.number().int().min(1).max(100).default(50), before: z.string().optional() });

/** `GET /editors/digests`: newest first, and the run that comes next. `?limit=` and `?before=<id>` page through. */
export async function listDigests({ query }: HttpRequest, services: DigestServices): Promise<HttpResponse> {
  const { limit, before } = Page.parse(Object.fromEntries(query));
  const beforeThis = before === undefined ? undefined : await mustFind(before, services);
  const [digests, next] = await Promise.all([services.digests.list(limit, beforeThis), nextDigest(services)]);
  return json(200, { digests: await Promise.all(digests.map((digest) => listAnswer(digest, services))), next });
}

/** `GET /editors/digests/{id}` */
export async function showDigest({ params }: HttpRequest, services: DigestServices): Promise<HttpResponse> {
  return json(200, await answerFor(await mustFind(params.id, services), services));
}

/** `POST …/pause`: no order is begun any more. Pausing what is paused changes nothing. */
export const pauseDigest = (request: HttpRequest, services: DigestServices) =>
  changeHold(request, services, (id) => services.digests.hold(id, 'editor'));

/** The holds that wait for an editor's word: their own, those set because something went wrong, and a canary nobody hears of. */
const editorsHolds = (digest: Digest, now: Date): Hold[] => [
  'editor',
  'brake',
  'fault',
  ...(isUnjudged(digest, now) ? ['canary' as const] : []),
];

const Resumption = z.strictObject({ provider: z.enum(mailboxProviders).optional(), keepHeldBack: z.boolean().default(false) });

/**
 * `POST …/resume`: everything that waits for an editor's word goes on from where it stood, and no other hold is taken away. With
 * `{"provider": "qq"}` only the readers of that mailbox provider do, with `{"keepHeldBack": true}` all but readers held back.
 */
export const resumeDigest = (request: HttpRequest, services: DigestServices) =>
  changeHold(request, services, async (id, before) => {
    const { digests, receiptOf, wakeOrders, now } = services;
    const { provider, keepHeldBack } =
      request.body.length > 0 ? jsonText(Resumption).parse(Buffer.from(request.body).toString('utf8')) : {};
    const going = [...before.heldBack].filter((held) => (provider ? held === provider : !keepHeldBack));
    const seen = going.length > 0 || before.holds.has('brake') ? await receiptOf(id) : undefined;
    const changes = [before.phase === 'open'];
    if (seen && going.length > 0) changes.push(await digests.sendToProviders(id, going, forgivenBy(before, seen, going)));
    if (seen && !provider && before.holds.has('brake')) await digests.forgive(id, seen);
    if (!provider) changes.push(...(await Promise.all(editorsHolds(before, now()).map((hold) => digests.release(id, hold)))));
    await wakeOrders(await mustFind(id, services));
    return changes.every(Boolean);
  });

/**
 * `POST …/send-to-unknown`: positions that SES never answered for are planned again without waiting for evidence. Whoever
 * got the mail after all gets it twice; the receipt counts them.
 */
export const sendToUnknown = (request: HttpRequest, services: DigestServices) =>
  changeHold(request, services, (id) => services.digests.sendToUnknown(id, services.now()));

/** `POST …/cancel`: ends order by order; whoever was not mailed yet is `skipped: cancelled`. */
export const cancelDigest = (request: HttpRequest, services: DigestServices) =>
  changeHold(request, services, (id) => services.digests.hold(id, 'cancel'));

async function changeHold({ params }: HttpRequest, services: DigestServices, change: (id: string, before: Digest) => Promise<boolean>) {
  const before = await mustFind(params.id, services);
  const { id } = before;
  const changed = await change(id, before);
  const digest = await mustFind(id, services);
  const answer = await answerFor(digest, services);
  if (!changed) throw new Refusal('wrong_state', `The digest ${id} is ${answer.state}: nothing about it can change any more.`);
  return json(200, answer);
}

async function mustFind(id: string | undefined, { digests }: DigestServices): Promise<Digest> {
  const digest = id ? await digests.find(id) : undefined;
  if (!digest) throw new Refusal('not_found', `There is no digest ${id}.`);
  return digest;
}

/** Mailboxes go on answering after a digest is over, so its receipt is taken from the ledger whenever one looks. */
async function answerFor(digest: Digest, { receiptOf, now }: DigestServices): Promise<DigestAnswer> {
  return digest.phase === 'skipped' ? digestAnswer(digest, now()) : digestAnswer(digest, now(), await receiptOf(digest.id));
}

/** In a list, the receipt of a digest that mailboxes have stopped talking about is the one written at its end. */
export async function listAnswer(digest: Digest, services: DigestServices): Promise<DigestAnswer> {
  const { endedAt, receipt } = digest;
  const quiet = endedAt !== undefined && Date.parse(endedAt) < services.now().getTime() - feedbackMilliseconds;
  return quiet && receipt ? digestAnswer(digest, services.now(), receipt) : answerFor(digest, services);
}

async function nextDigest({ settings, queuedIssues, now }: DigestServices): Promise<NextDigest> {
  const { timeZone } = settings;
  const [first, ...following] = nextOccurrences(settings, now(), 3).map((at) => upcomingRun(at, timeZone));
  if (!first) throw new Error('The schedule has no next run.');
  return { ...first, timeZone, issues: await queuedIssues(), following };
}

const upcomingRun = (at: Date, timeZone: string): UpcomingRun => ({
  occurrence: occurrenceId(at, timeZone),
  localTime: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at),
  scheduledFor: at.toISOString(),
});
