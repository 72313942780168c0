import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import { maySend } from '../digests/hold.ts';
import type { Now } from '../platform/clock.ts';
import type { Queue } from '../platform/queue.ts';
import type { Ledger } from './ledger.ts';
import { staysPostponed } from './open-batches.ts';
import type { BatchMessage } from './reader-batch.ts';

export type WakingServices = {
  digests: Pick<DigestStore, 'woken'>;
  ledger: Pick<Ledger, 'batchesToWake'>;
  batches: Queue<BatchMessage>;
  now: Now;
};

/**
 * Sends a wake-up for every batch of a digest that may be claimed; one too many does no harm. All of them at once: a part would be
 * used up before the watch's next look, and nothing would be sent until then.
 */
export async function wakeBatches(digest: Digest, { digests, ledger, batches, now }: WakingServices): Promise<number> {
  const at = now();
  const ready = (await ledger.batchesToWake(digest.id, staysPostponed(digest))).filter((batch) => maySend(digest, batch));
  await batches.sendAll(ready.sort(roundShards));
  await digests.woken(digest.id, at);
  return ready.length;
}

/** One batch of each shard after another, so that workers write to all partitions of the ledger and readers of no shard come last. */
const roundShards = (a: BatchMessage, b: BatchMessage) => a.batch - b.batch || a.shard.localeCompare(b.shard);
