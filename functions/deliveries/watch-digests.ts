import { type Digest, maySend } from '../digests/digest.ts';
import type { FanOutMessage, RunDigestMessage } from '../digests/digest-messages.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import { minutesAfter } from '../platform/clock.ts';
import { shards } from '../platform/keys.ts';
import { logger } from '../platform/logger.ts';
import type { Queue } from '../platform/queue.ts';
import { type BrakeServices, tripBrake } from './brake/feedback-brake.ts';
import { type CanaryWatchServices, canaryIsOver } from './brake/watch-canary.ts';
import type { Ledger } from './ledger.ts';
import { openOrders } from './open-orders.ts';
import { type ClaimedOrder, type Order, type OrderMessage, openPositions, orderMessage, outcomes } from './order.ts';
import { type ParkedServices, tendParked } from './quota/tend-parked.ts';
import { graceMilliseconds, resolveUnknown, type UnknownServices } from './resolve-unknown.ts';
import { wakeOrders } from './wake-orders.ts';

export type WatchServices = UnknownServices &
  CanaryWatchServices &
  ParkedServices &
  Pick<BrakeServices, 'brakeReadings'> & {
    digests: Pick<DigestStore, 'openIds' | 'find' | 'forgetOpen' | 'release' | 'reopen' | 'brake' | 'watchCanary' | 'holdBack'>;
    ledger: Pick<Ledger, 'openOrders' | 'ordersAside' | 'ordersToWake' | 'readMany' | 'fannedOut' | 'settle' | 'cancel' | 'entries'> &
      UnknownServices['ledger'];
    runDigest: Queue<RunDigestMessage>;
    fanOut: Queue<FanOutMessage>;
    orders: Queue<OrderMessage> & { isEmpty(): Promise<boolean> };
    finishIfComplete: (id: string) => Promise<unknown>;
    catchUpOccurrence: (now: Date) => Promise<unknown>;
    /** Mails to the editors that are due, about these digests and the next slot of the schedule. */
    tellEditors: (ids: readonly string[]) => Promise<unknown>;
  };

/** A step that left no trace for this long is asked for again. */
const patienceMinutes = 2;
/** SES's events come within three days; what is unknown after this long stays so. */
const watchedDays = 14;

/**
 * Looks after every digest that is not over: asks again for a step whose message was lost, wakes planned orders, closes
 * the orders of workers that died, settles what is unknown, and ends what is complete. Queues may lose everything; this
 * finds it in the ledger.
 */
export async function watchDigests(scheduledTime: Date, services: WatchServices): Promise<{ watched: number }> {
  const ids = await services.digests.openIds();
  // With nothing open a look every five minutes is enough; the schedule comes every minute.
  if (ids.length === 0 && scheduledTime.getUTCMinutes() % 5 !== 0) return { watched: 0 };
  const failures = await failuresOf([services.catchUpOccurrence(services.now()), ...ids.map((id) => watchDigest(id, services))]);
  failures.push(...(await failuresOf([services.tellEditors(ids)])));
  if (failures.length > 0) throw new AggregateError(failures, `Watching failed ${failures.length} times over ${ids.length} digests.`);
  return { watched: ids.length };
}

async function failuresOf(work: Promise<unknown>[]): Promise<unknown[]> {
  return (await Promise.allSettled(work)).flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}

async function watchDigest(id: string, services: WatchServices) {
  const digest = await services.digests.find(id);
  if (!digest) return;
  if (digest.phase !== 'open') return watchUnknown(digest, services);
  if (digest.holds.has('assembly')) return askForAssembly(digest, services);
  await askForFanOut(digest, services);
  await releasePeriod(digest, services);
  const canaryOver = await canaryIsOver(digest, services);
  await tripBrake(digest, services);
  if (canaryOver) await services.digests.release(id, 'canary');
  await resolveUnknown(digest, services);
  const open = await openOrders(digest, services.ledger);
  await tendParked(digest, open, services);
  await tendOrders(digest, open, services);
  await services.finishIfComplete(id);
}

/** A digest that is over is watched on while positions of it are unknown, or its editors have not had its account. */
async function watchUnknown(digest: Digest, services: WatchServices) {
  const { digests, ledger, now } = services;
  const left = digest.phase === 'done' ? await resolveUnknown(digest, services) : 0;
  // What this very look has planned again, the index may not know yet.
  if ((await digests.find(digest.id))?.phase === 'open') return;
  // An order that is planned again needs an open digest, also when somebody ended it a moment before.
  if ((await ledger.openOrders(digest.id, 1)).length > 0) return digests.reopen(digest.id);
  const tooOld = now() > minutesAfter(new Date(digest.endedAt ?? digest.frozenAt), watchedDays * 24 * 60);
  if ((left === 0 && digest.noticed.has('receipt')) || tooOld) await digests.forgetOpen(digest.id);
}

async function askForAssembly(digest: Digest, { runDigest, now }: WatchServices) {
  if (now() < minutesAfter(new Date(digest.frozenAt), patienceMinutes)) return;
  await runDigest.send(
    digest.kind === 'issue'
      ? { kind: 'issue', slug: digest.id.slice('issue-'.length), scheduledTime: digest.scheduledFor }
      : { kind: 'occurrence', scheduledTime: digest.scheduledFor },
  );
}

async function askForFanOut(digest: Digest, { ledger, fanOut, now }: WatchServices) {
  if (now() < minutesAfter(new Date(digest.frozenAt), patienceMinutes)) return;
  const done = await ledger.fannedOut(digest.id);
  await fanOut.sendAll(shards.filter((shard) => !done.has(shard)).map((shard) => ({ digest: digest.id, shard })));
}

async function releasePeriod({ id, holds, holdUntil }: Digest, { digests, now }: WatchServices) {
  if (holds.has('hold period') && now() >= new Date(holdUntil ?? 0)) await digests.release(id, 'hold period');
}

async function tendOrders(digest: Digest, open: readonly Order[], services: WatchServices) {
  const { ledger, orders, digests, now } = services;
  const abandoned = open.filter((order) => order.state === 'claimed' && (order.leaseUntil ?? 0) + graceMilliseconds < now().getTime());
  for (const order of abandoned) await closeAbandoned(order as ClaimedOrder, services);
  const planned = open.filter((order) => order.state === 'planned');
  const current = (await digests.find(digest.id)) ?? digest;
  if (current.holds.has('cancel')) return Promise.all(planned.map((order) => ledger.cancel(order)));
  const isReady = planned.some((order) => maySend(current, order));
  if (isReady && (await orders.isEmpty())) await wakeOrders(current, services);
}

/**
 * The worker is gone, and nobody can know what it handed over but SES: positions with evidence are submitted, the others
 * are unknown, and settled by evidence from now on.
 */
async function closeAbandoned(order: ClaimedOrder, { ledger, now }: WatchServices) {
  const evidence = await ledger.evidence(order);
  const letters = [...order.outcomes];
  for (const position of openPositions(order)) letters[position] = evidence.isAccepted(position) ? outcomes.submitted : outcomes.unknown;
  const unknown = letters.filter((letter) => letter === outcomes.unknown).length;
  logger.warn('Closed the order of a worker that died', { ...orderMessage(order), attempt: order.attempt, unknown });
  await ledger.settle(order, { outcomes: letters, now: now() });
}
