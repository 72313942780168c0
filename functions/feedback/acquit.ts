import { findPosition } from '../deliveries/find-position.ts';
import type { Ledger } from '../deliveries/ledger.ts';
import type { Digest } from '../digests/digest.ts';
import type { Acquitted } from './judge-reader.ts';
import type { ReaderFeedback } from './reader-feedback.ts';

export type AcquittalServices = {
  ledger: Pick<Ledger, 'lastBatch' | 'read' | 'watch'>;
  /** All digests; asked for only when somebody is about to be suppressed for soft bounces. */
  digests: () => Promise<readonly Pick<Digest, 'id' | 'frozenAt' | 'startedAt' | 'shards'>[]>;
};

/**
 * Which soft bounces a later delivery cancels. Deliveries are not stored per reader, because the ledger has them. It is searched,
 * newest digest first, only for readers with too many bounces. `ids` are the reader's ids, under this and earlier addresses.
 * Positions without a delivery are watched from now on, so that a delivery event that arrives late still counts.
 */
export async function acquittals(
  ids: readonly string[],
  suspects: readonly ReaderFeedback[],
  services: AcquittalServices,
): Promise<Acquitted> {
  const started = (await services.digests()).filter(({ startedAt }) => startedAt !== undefined);
  const frozenAt = new Map(started.map((digest) => [digest.id, digest.frozenAt]));
  const timeOf = ({ digest, at }: ReaderFeedback) => (digest && frozenAt.get(digest)) ?? at;
  const first = suspects.map(timeOf).sort()[0] ?? '';
  const newestFirst = started.filter((digest) => digest.frozenAt >= first).sort((a, b) => (a.frozenAt < b.frozenAt ? 1 : -1));
  for (const digest of newestFirst) {
    const found = await findPosition(digest, ids, services.ledger);
    const delivered = found && (await services.ledger.watch(found.batch, found.position)).has('delivered', found.position);
    if (delivered) return (feedback) => timeOf(feedback) <= digest.frozenAt;
  }
  return () => false;
}
