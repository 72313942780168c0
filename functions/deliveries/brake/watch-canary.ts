import { canaryPlaces, nextSlowStart } from '../../digests/canary.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { maySendSome } from '../../digests/hold.ts';
import { minutesAfter, type Now } from '../../platform/clock.ts';
import type { EventChannel } from '../event-channel/event-channel.ts';
import type { Evidence } from '../evidence.ts';
import type { Ledger } from '../ledger.ts';
import { outcomes, type ReaderBatch } from '../reader-batch.ts';
import { mailablePositions } from './postponed.ts';
import type { SlowStartStore } from './slow-start-store.ts';

export type CanaryWatchServices = {
  digests: Pick<DigestStore, 'watchCanary'>;
  slowStarts: Pick<SlowStartStore, 'begin' | 'goOn'>;
  ledger: Pick<Ledger, 'plannedShards' | 'readMany' | 'evidence'>;
  eventChannel: Pick<EventChannel, 'isProvenSince' | 'carriesSince'>;
  now: Now;
};

/** Readers complain when they see a mail: nobody has, before. */
const leastMinutes = 1;
/** Mailboxes that have not answered by then take hours. */
const mostMinutes = 10;
/** So much of it has a final word when it is judged sooner. */
const answeredShare = 0.95;
/** So long before the end a probe is sent. It shows that events still arrive where the queue of events is never quite empty. */
const lastProbeMinutes = 3;

/**
 * Whether a canary has been watched for long enough: nearly all of its mails were delivered or came back, or its ten minutes are over and
 * SES's events of that time have arrived. While no events arrive, a lack of bounces means nothing. Asked before the brake judges, so
 * that the brake knows everything. Without proof that events arrive, the next look asks again.
 */
export async function canaryIsOver(digest: Digest, services: CanaryWatchServices): Promise<boolean> {
  if (!digest.holds.has('canary')) return false;
  const { digests, eventChannel, ledger, now } = services;
  const batches = await canaryBatches(digest, ledger);
  const known = digest.canaryUntil ? new Date(digest.canaryUntil) : undefined;
  if (!known && !(await isOut(digest, batches, services))) return false;
  const until = known ?? minutesAfter(new Date(outSince(digest, batches)), mostMinutes);
  if (!known) await digests.watchCanary(digest.id, until);
  const out = minutesAfter(until, -mostMinutes);
  if (now() >= minutesAfter(out, leastMinutes) && (await haveAnswered(digest, batches, ledger))) return true;
  const heard = (await eventChannel.isProvenSince(out.getTime(), now())) || (await isBatchAnswers(until, services));
  return heard && now() >= until;
}

/** Lets go what follows a canary that is over, or the next of what waits while the digest speeds up. */
export async function speedUp({ id, canary, slowStart, ...digest }: Digest, canaryIsOver: boolean, { slowStarts }: CanaryWatchServices) {
  if (!canary) return false;
  const next = nextSlowStart(canary, slowStart);
  if (canaryIsOver) return slowStarts.begin(id, next ?? canary.batches);
  // What is held tells nothing new.
  return slowStart !== undefined && maySendSome(digest) && slowStarts.goOn(id, slowStart, next);
}

async function isBatchAnswers(until: Date, { eventChannel, now }: CanaryWatchServices): Promise<boolean> {
  const from = minutesAfter(until, -lastProbeMinutes);
  return now() >= from && eventChannel.carriesSince(from.getTime(), now());
}

async function isOut(digest: Digest, batches: readonly ReaderBatch[], { ledger }: Pick<CanaryWatchServices, 'ledger'>): Promise<boolean> {
  // Readers who are postponed wait for an editor; the canary does not wait for them.
  const isThrough = (batch: ReaderBatch) =>
    batch.state === 'settled' || (batch.state === 'planned' && mailablePositions(batch, digest).length === 0);
  return batches.every(isThrough) && (await ledger.plannedShards(digest.id)).size === digest.shards;
}

/** When the last of them was settled. */
const outSince = ({ frozenAt, startedAt = frozenAt }: Digest, batches: readonly ReaderBatch[]) =>
  Math.max(Date.parse(startedAt), ...batches.map(({ wokenAt }) => wokenAt));

/** Whether nearly all of their mails were delivered, or came back. */
async function haveAnswered(digest: Digest, batches: readonly ReaderBatch[], ledger: Pick<Ledger, 'evidence'>): Promise<boolean> {
  const each = await Promise.all(batches.map(async (batch) => answersOf(digest, batch, await ledger.evidence(batch))));
  const mails = each.flat();
  return mails.filter(Boolean).length >= mails.length * answeredShare;
}

/** Of each mail of a batch, one that is to be sent again included: whether its mailbox has said what becomes of it. */
function answersOf(digest: Digest, batch: ReaderBatch, evidence: Evidence): boolean[] {
  const open = new Set(mailablePositions(batch, digest));
  const isMailed = (letter: string, position: number) => letter === outcomes.submitted || letter === outcomes.unknown || open.has(position);
  return batch.outcomes.flatMap((letter, position) =>
    isMailed(letter, position)
      ? [(['delivered', 'bounced', 'blocked', 'complained'] as const).some((kind) => evidence.has(kind, position))]
      : [],
  );
}

/** The canary's batches as far as they are planned. They are read directly, since the index may be late. */
export const canaryBatches = ({ id, canary, shards }: Digest, ledger: Pick<Ledger, 'readMany'>): Promise<ReaderBatch[]> =>
  ledger.readMany(canary ? canaryPlaces(canary, shards).map((place) => ({ digest: id, ...place })) : []);
