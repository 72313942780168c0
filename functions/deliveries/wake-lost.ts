import type { Digest } from '../digests/digest.ts';
import { maySend } from '../digests/hold.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import { minutes, seconds } from '../platform/clock.ts';
import type { Queue } from '../platform/queue.ts';
import type { Ledger } from './ledger.ts';
import { type BatchMessage, batchMessage, type ReaderBatch } from './reader-batch.ts';
import { type WakingServices, wakeBatches } from './wake-batches.ts';

export type WakeUpWatchServices = WakingServices & {
  ledger: Pick<Ledger, 'woken'>;
  batches: Queue<BatchMessage> & { waiting(): Promise<number> };
  quota: () => Promise<Pick<SendQuota, 'maxSendRate'>>;
};

/** A wake-up counts as lost when it is older than this and twice the time that the queue needs. */
const patienceMs = minutes(5);
const batchReaders = 50;

/**
 * Wakes batches whose wake-ups were lost. With an empty queue, all that may go are woken. While other messages wait, maybe those of
 * another digest, a wake-up waits behind them: only what has waited much longer than they can is woken again.
 */
export async function wakeLost(digest: Digest, planned: readonly ReaderBatch[], services: WakeUpWatchServices): Promise<void> {
  const { ledger, batches, quota, now } = services;
  const ready = planned.filter((batch) => maySend(digest, batch));
  if (ready.length === 0) return;
  const waiting = await batches.waiting();
  if (waiting === 0) return void (await wakeBatches(digest, services));
  const at = now();
  const wokenAt = (batch: ReaderBatch) => Math.max(batch.plannedAt, batch.wokenAt, digest.wokenAt);
  const old = ready.filter((batch) => at.getTime() - wokenAt(batch) > patienceMs);
  if (old.length === 0) return;
  const { maxSendRate } = await quota();
  const queueMs = seconds((waiting * batchReaders) / Math.max(1, maxSendRate));
  const lost = old.filter((batch) => at.getTime() - wokenAt(batch) > patienceMs + 2 * queueMs);
  // Written down first: a worker that dies here has them woken a little later, and not every minute.
  const still = await Promise.all(lost.map(async (batch) => ((await ledger.woken(batch, at)) ? [batchMessage(batch)] : [])));
  await batches.sendAll(still.flat());
}
