import type { Digest } from '../digests/digest.ts';
import type { FanOutMessage, RunDigestMessage } from '../digests/digest-messages.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import { minutesAfter, type Now } from '../platform/clock.ts';
import { shards } from '../platform/keys.ts';
import { logger } from '../platform/logger.ts';
import type { Queue } from '../platform/queue.ts';
import type { Ledger } from './ledger.ts';
import { type ClaimedOrder, type Order, type OrderMessage, openPositions, outcomes } from './order.ts';

export type WatchServices = {
  digests: Pick<DigestStore, 'openIds' | 'find' | 'forgetOpen' | 'release'>;
  ledger: Pick<Ledger, 'openOrders' | 'fannedOut' | 'evidence' | 'settle' | 'cancel'>;
  runDigest: Queue<RunDigestMessage>;
  fanOut: Queue<FanOutMessage>;
  orders: Queue<OrderMessage> & { isEmpty(): Promise<boolean> };
  quota: () => Promise<SendQuota>;
  finishIfComplete: (id: string) => Promise<unknown>;
  now: Now;
};

/** After a lease has ended, SES gets this long to own up to what a dead worker had handed it. */
const graceMilliseconds = 60_000;
/** A step that left no trace for this long is asked for again. */
const patienceMinutes = 2;
const ordersAtOnce = 1_000;

/**
 * Looks after every digest that is not over: asks again for a step whose message was lost, wakes planned orders, closes
 * the orders of workers that died, and ends what is complete. Queues may lose everything; this finds it in the ledger.
 */
export async function watchDigests(scheduledTime: Date, services: WatchServices): Promise<{ watched: number }> {
  const ids = await services.digests.openIds();
  // With nothing open a look every five minutes is enough; the schedule comes every minute.
  if (ids.length === 0 && scheduledTime.getUTCMinutes() % 5 !== 0) return { watched: 0 };
  const results = await Promise.allSettled(ids.map((id) => watchDigest(id, services)));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `Watching failed for ${failures.length} of ${ids.length} digests.`);
  return { watched: ids.length };
}

async function watchDigest(id: string, services: WatchServices) {
  const digest = await services.digests.find(id);
  if (!digest) return;
  if (digest.phase !== 'open') return services.digests.forgetOpen(id);
  if (digest.holds.has('assembly')) return askForAssembly(digest, services);
  await askForFanOut(digest, services);
  await releaseQuotaHold(digest, services);
  await tendOrders(digest, services);
  await services.finishIfComplete(id);
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

/** A parked digest goes on when at least a tenth of the day's quota is free again. */
async function releaseQuotaHold({ id, holds }: Digest, { digests, quota }: WatchServices) {
  if (!holds.has('quota')) return;
  const { max24HourSend, sentLast24Hours } = await quota();
  const free = max24HourSend < 0 ? Number.POSITIVE_INFINITY : max24HourSend - sentLast24Hours;
  if (free >= Math.max(1, max24HourSend / 10)) await digests.release(id, 'quota');
}

async function tendOrders(digest: Digest, services: WatchServices) {
  const { ledger, orders, digests, now } = services;
  const open = await ledger.openOrders(digest.id, ordersAtOnce);
  const abandoned = open.filter((order) => order.state === 'claimed' && (order.leaseUntil ?? 0) + graceMilliseconds < now().getTime());
  for (const order of abandoned) await closeAbandoned(order as ClaimedOrder, services);
  const planned = open.filter((order) => order.state === 'planned');
  const { holds } = (await digests.find(digest.id)) ?? digest;
  if (holds.has('cancel')) await Promise.all(planned.map((order) => ledger.cancel(order)));
  else if (holds.size === 0 && planned.length > 0 && (await orders.isEmpty())) await orders.sendAll(planned.map(messageOf));
}

/**
 * The worker is gone, and nobody can know what it handed over but SES: positions with evidence are submitted, the others
 * are unknown, until an event comes. Nothing is sent again here.
 */
async function closeAbandoned(order: ClaimedOrder, { ledger }: WatchServices) {
  const evidence = await ledger.evidence(order);
  const letters = [...order.outcomes];
  for (const position of openPositions(order)) letters[position] = evidence.has('sent', position) ? outcomes.submitted : outcomes.unknown;
  const unknown = letters.filter((letter) => letter === outcomes.unknown).length;
  logger.warn('Closed the order of a worker that died', { ...messageOf(order), attempt: order.attempt, unknown });
  await ledger.settle(order, { outcomes: letters });
}

const messageOf = ({ digest, shard, order }: Order): OrderMessage => ({ digest, shard, order });
