import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { Queue } from '../platform/queue.ts';
import type { Settings } from '../settings/settings.ts';
import type { EventChannel } from './event-channel/event-channel.ts';
import type { Ledger } from './ledger.ts';
import { type BatchMessage, batchMessage, type ReaderBatch, unknownPositions } from './reader-batch.ts';

export type UnknownServices = {
  digests: Pick<DigestStore, 'reopen'>;
  ledger: Pick<Ledger, 'unknownBatches' | 'evidence' | 'reopen'>;
  batches: Queue<BatchMessage>;
  eventChannel: Pick<EventChannel, 'isProvenSince'>;
  resendWithoutEvidence: Settings['resendWithoutEvidence'];
  now: Now;
};

/** Events of accepted mails arrive within seconds. This is the time they are given, with twenty seconds by which clocks may differ. */
export const graceMilliseconds = 80_000;
const waitMilliseconds = 30 * 60_000;
const batchesAtOnce = 1_000;

/** From when on a batch's unknown positions without evidence mean something, milliseconds since 1970. */
export const quietSince = ({ leaseUntil = 0, unknownAt = 0 }: ReaderBatch): number => Math.max(leaseUntil, unknownAt) + graceMilliseconds;

/**
 * Settles unknown positions by evidence. A position with evidence is submitted. One without is planned again half an hour later, if the
 * event channel is proven to work; under `never` only an editor has it planned again. Positions of a cancelled digest stay as they are.
 * @returns how many batches still have unknown positions
 */
export async function resolveUnknown(digest: Digest, services: UnknownServices, hasTime = () => true): Promise<number> {
  const batches = await services.ledger.unknownBatches(digest.id, batchesAtOnce);
  let left = 0;
  for (const batch of batches) if (!hasTime() || (await resolve(batch, digest, services)) === 'unknown') left += 1;
  return left;
}

async function resolve(batch: ReaderBatch, digest: Digest, services: UnknownServices): Promise<'resolved' | 'unknown'> {
  const { ledger, digests, batches } = services;
  if (batch.state !== 'settled' || unknownPositions(batch).length === 0) return 'resolved';
  const mayRepeat = await mayPlanAgain(batch, digest, services);
  // Read after the channel was found to be proven: what it carried is in here.
  const evidence = await ledger.evidence(batch);
  const silent = unknownPositions(batch).filter((position) => !evidence.isAccepted(position));
  const again = mayRepeat ? silent : [];
  if (again.length === 0 && silent.length === unknownPositions(batch).length) return 'unknown';
  // Opened before the batch is planned: a crash in between leaves a digest that ends again, not a batch that cannot be claimed.
  if (again.length > 0) await digests.reopen(digest.id);
  const state = await ledger.reopen(batch, evidence, { positions: again, now: services.now() });
  if (state !== 'planned') return silent.length > 0 ? 'unknown' : 'resolved';
  logger.warn('Planned positions again that SES never confirmed', {
    ...batchMessage(batch),
    attempt: batch.attempt,
    positions: again.length,
  });
  await batches.send(batchMessage(batch));
  return 'resolved';
}

async function mayPlanAgain(
  batch: ReaderBatch,
  digest: Digest,
  { eventChannel, resendWithoutEvidence, now }: UnknownServices,
): Promise<boolean> {
  if (digest.phase === 'cancelled' || digest.holds.has('cancel') || resendWithoutEvidence === 'never') return false;
  const since = quietSince(batch);
  if (now().getTime() < since - graceMilliseconds + waitMilliseconds) return false;
  return eventChannel.isProvenSince(since, now());
}
