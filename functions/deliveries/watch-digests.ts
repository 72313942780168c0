import type { Digest } from '../digests/digest.ts';
import type { RunDigestMessage } from '../digests/digest-messages.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import { after, minutesAfter } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { Queue } from '../platform/queue.ts';
import { type ReleaseServices, releaseLine } from '../subscribers/waiting-line/release-line.ts';
import { fulfilWishes, type WishServices } from './again/fulfil-wishes.ts';
import { endPostponed, type PostponedServices } from './brake/end-postponed.ts';
import { judgeReport, type ReportBrakeServices } from './brake/judge-report.ts';
import { type CanaryWatchServices, canaryIsOver, speedUp } from './brake/watch-canary.ts';
import { judgeTrials, type TrialWatchServices } from './incidents/try-incidents.ts';
import type { Ledger } from './ledger.ts';
import { openBatches } from './open-batches.ts';
import { type OutageServices, tendOutage } from './outage/tend-outage.ts';
import { askForPlanning, type PlanningWatchServices, patienceMinutes } from './planning/ask-for-planning.ts';
import { type ParkedServices, tendParked } from './quota/tend-parked.ts';
import { batchMessage, type ClaimedBatch, openPositions, outcomes, type ReaderBatch } from './reader-batch.ts';
import { takeReport } from './report/current-report.ts';
import { graceMilliseconds, resolveUnknown, type UnknownServices } from './resolve-unknown.ts';
import { isDue } from './segments/is-due.ts';
import { isUnfinished } from './segments/segments.ts';
import { type VerifyMessage, verifyMessage } from './segments/verify-message.ts';
import { wakeBatches } from './wake-batches.ts';
import { type WakeUpWatchServices, wakeLost } from './wake-lost.ts';

export type WatchServices = OutageServices &
  UnknownServices &
  WishServices &
  CanaryWatchServices &
  PostponedServices &
  ParkedServices &
  ReportBrakeServices &
  TrialWatchServices &
  PlanningWatchServices &
  WakeUpWatchServices &
  ReleaseServices & {
    digests: Pick<DigestStore, 'openIds' | 'find' | 'list' | 'forgetOpen' | 'hold' | 'release' | 'reopen'>;
    ledger: Pick<Ledger, 'openBatches' | 'batchesPostponed' | 'readMany' | 'settle' | 'skipRest'> & UnknownServices['ledger'];
    runDigest: Queue<RunDigestMessage>;
    verifications: Pick<Queue<VerifyMessage>, 'sendAll'>;
    finishIfComplete: (id: string) => Promise<unknown>;
    publish: (digest: Digest) => Promise<unknown>;
    catchUpSlot: (now: Date) => Promise<unknown>;
    /** Mails to the editors that are due, about these digests and the next slot of the schedule. */
    tellEditors: (ids: readonly string[]) => Promise<unknown>;
  };

/** SES's events come within three days; what is unknown after this long stays so. */
const watchedDays = 14;
/** The function is ended after 55 s; the mails to editors come last. */
const lookMs = 40_000;
const verifiedDigests = 100;

/**
 * Looks after every digest that is not over. First for all of them what readers wait for: asks again for a step whose message was lost,
 * closes the batches of workers that died, wakes planned ones, settles what is unknown, and ends what is complete. Then, while there is
 * time, the sums and the brake. Queues may lose everything, because this finds it in the ledger.
 */
export async function watchDigests(scheduledTime: Date, services: WatchServices): Promise<{ watched: number }> {
  const { digests, now } = services;
  const until = after(now(), lookMs);
  const hasTime = () => now() < until;
  // Whether anybody may send comes first; what becomes of the digests does not wait for it to succeed.
  const [sending] = await Promise.allSettled([tendOutage(services)]);
  const mayWake = sending.status === 'fulfilled' && sending.value === 'closed';
  const failures = sending.status === 'rejected' ? [sending.reason] : [];
  if (mayWake) failures.push(...(await failuresOf([releaseLine(services)])));
  if (isNight(scheduledTime)) await verifyRecent(services);
  const ids = await digests.openIds();
  // With nothing open a look every five minutes is enough; the schedule comes every minute.
  const isQuiet = ids.length === 0 && scheduledTime.getUTCMinutes() % 5 !== 0;
  if (!isQuiet) failures.push(...(await watchAll(ids, services, { scheduledTime, hasTime, mayWake })));
  if (failures.length > 0) throw new AggregateError(failures, `Watching failed ${failures.length} times over ${ids.length} digests.`);
  return { watched: ids.length };
}

type Look = { scheduledTime: Date; hasTime: () => boolean; mayWake: boolean };

async function watchAll(ids: readonly string[], services: WatchServices, look: Look): Promise<unknown[]> {
  const { catchUpSlot, tellEditors, now } = services;
  const failures = await failuresOf([catchUpSlot(now()), ...ids.map((id) => tendDigest(id, services, look))]);
  failures.push(...(await failuresOf(ids.map((id) => judgeDigest(id, services, look)))));
  return [...failures, ...(await failuresOf([tellEditors(ids)]))];
}

async function failuresOf(work: Promise<unknown>[]): Promise<unknown[]> {
  return (await Promise.allSettled(work)).flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}

/** `mayWake`: whether the account can send. Batches that are woken while it cannot are only read and left. */
async function tendDigest(id: string, services: WatchServices, { hasTime, mayWake }: Pick<Look, 'hasTime' | 'mayWake'>) {
  const digest = await services.digests.find(id);
  if (!digest) return;
  if (digest.phase !== 'open') return watchUnknown(digest, services, hasTime);
  if (digest.holds.has('assembly')) return askForAssembly(digest, services);
  await askForPlanning(digest, services);
  await releasePeriod(digest, services);
  const open = await openBatches(digest, services.ledger);
  await tendParked(digest, open, services);
  await tendBatches(digest, open, services, mayWake);
  await endPostponed(digest, services);
  if (!digest.holds.has('cancel')) await fulfilWishes(digest, services, hasTime);
  await resolveUnknown(digest, services, hasTime);
  await services.finishIfComplete(id);
}

/** The sums of a digest's segments, and what follows from them. Its canary is asked first, so that the brake knows everything. */
async function judgeDigest(id: string, services: WatchServices, { scheduledTime, hasTime }: Pick<Look, 'scheduledTime' | 'hasTime'>) {
  const { digests, now } = services;
  const digest = await digests.find(id);
  if (!digest?.startedAt || !hasTime()) return;
  // What is over changes little: its sums are looked at as seldom as they are due.
  if (digest.phase !== 'open' && scheduledTime.getUTCMinutes() % 5 !== 0) return;
  const canaryOver = digest.phase === 'open' && (await canaryIsOver(digest, services));
  const { report } = await takeReport(id, services, { hasTime, alsoFold: (segment) => isDue(segment, digest, now()) });
  // A worker may have died before it said so, or SES's events are the first who say so.
  if (report.submitted > 0) await services.publish(digest);
  await judgeReport(digest, report, services);
  const judged = await digests.find(id);
  if (!judged || !(await speedUp(judged, canaryOver, services))) return;
  const current = await digests.find(id);
  if (current) await wakeBatches(current, services);
}

/**
 * A digest that is over is watched while positions of it are unknown, while it tries dead mailboxes, until its editors have had
 * the report, and for as long as one of them wishes something of it.
 */
async function watchUnknown(digest: Digest, services: WatchServices, hasTime: () => boolean) {
  const { digests, ledger, verifications, now } = services;
  const isDone = digest.phase === 'done';
  const wished = isDone ? await fulfilWishes(digest, services, hasTime) : 0;
  // Of a cancelled one, too: SES may tell late that it has mailed somebody, and then the issue is out.
  const left = await resolveUnknown(digest, services, hasTime);
  // The index may not know yet what the line above has planned again.
  if ((await digests.find(digest.id))?.phase === 'open') return;
  // A batch that is planned again needs an open digest, even if another process ended the digest a moment ago.
  if ((await ledger.openBatches(digest.id, 1)).length > 0) return digests.reopen(digest.id);
  const tooOld = now() > minutesAfter(new Date(digest.endedAt ?? digest.frozenAt), watchedDays * 24 * 60);
  const trials = await judgeTrials(digest, services);
  if (wished > 0) return;
  if ((left > 0 || trials === 'waiting' || !digest.noticed.has('report')) && !tooOld) return;
  // Nobody looks here any more, so nothing may be left that somebody who died has not marked.
  if (digest.startedAt) await takeReport(digest.id, services, { hasTime, alsoFold: isUnfinished });
  await verifications.sendAll([verifyMessage(digest.id)]);
  await digests.forgetOpen(digest.id);
}

/** Once a night, the sums of all digests that mailboxes may still say something about. */
async function verifyRecent({ digests, verifications, now }: WatchServices) {
  const since = minutesAfter(now(), -watchedDays * 24 * 60).toISOString();
  const recent = (await digests.list(verifiedDigests)).filter(({ startedAt = '' }) => startedAt > since);
  await verifications.sendAll(recent.map(({ id }) => verifyMessage(id)));
}

/** Twenty past three in the night in China. */
const isNight = (scheduledTime: Date) => scheduledTime.getUTCHours() === 19 && scheduledTime.getUTCMinutes() === 20;

async function askForAssembly(digest: Digest, { runDigest, now }: WatchServices) {
  if (now() < minutesAfter(new Date(digest.frozenAt), patienceMinutes)) return;
  await runDigest.send(
    digest.slug !== undefined
      ? { kind: 'issue', digest: digest.id, slug: digest.slug, scheduledTime: digest.scheduledFor }
      : { kind: 'slot', scheduledTime: digest.scheduledFor },
  );
}

async function releasePeriod({ id, holds, holdUntil }: Digest, { digests, now }: WatchServices) {
  if (holds.has('hold period') && now() >= new Date(holdUntil ?? 0)) await digests.release(id, 'hold period');
}

async function tendBatches(digest: Digest, open: readonly ReaderBatch[], services: WatchServices, mayWake: boolean) {
  const { ledger, digests, now } = services;
  const abandoned = open.filter((batch) => batch.state === 'claimed' && (batch.leaseUntil ?? 0) + graceMilliseconds < now().getTime());
  for (const batch of abandoned) await closeAbandoned(batch as ClaimedBatch, services);
  const planned = open.filter((batch) => batch.state === 'planned');
  const current = (await digests.find(digest.id)) ?? digest;
  if (current.holds.has('cancel')) return Promise.all(planned.map((batch) => ledger.skipRest(batch, 'cancelled')));
  if (mayWake) await wakeLost(current, planned, services);
}

/**
 * The worker is gone, and only SES knows what it sent: positions with evidence are submitted, the others are unknown and are settled
 * by evidence later.
 */
async function closeAbandoned(batch: ClaimedBatch, { ledger, now }: WatchServices) {
  const evidence = await ledger.evidence(batch);
  const letters = [...batch.outcomes];
  for (const position of openPositions(batch)) letters[position] = evidence.isAccepted(position) ? outcomes.submitted : outcomes.unknown;
  const unknown = letters.filter((letter) => letter === outcomes.unknown).length;
  logger.warn('Closed the batch of a worker that died', { ...batchMessage(batch), attempt: batch.attempt, unknown });
  await ledger.settle(batch, { outcomes: letters, now: now() });
}
