import type { Ledger } from '../deliveries/ledger.ts';
import type { Digest } from '../digests/digest.ts';
import { findPosition } from './find-position.ts';
import type { Acquitted } from './judge-reader.ts';
import type { ReaderFeedback } from './reader-feedback.ts';

export type AcquittalServices = {
  ledger: Pick<Ledger, 'lastOrder' | 'read' | 'watch'>;
  /** All digests; asked for only when somebody is about to be suppressed for soft bounces. */
  digests: () => Promise<readonly Pick<Digest, 'id' | 'frozenAt' | 'startedAt'>[]>;
};

/**
 * Which soft bounces a delivery has made good. Deliveries are not written down reader by reader: the ledger has them
 * already, and here they are looked up, newest digest first, for the few who have bounced too often; `ids` are the reader's own
 * and those under the addresses they had before. Positions without a
 * delivery are watched from now on, so that one that is told late still acquits.
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
    const found = await findPosition(digest.id, ids, services.ledger);
    const delivered = found && (await services.ledger.watch(found.order, found.position)).has('delivered', found.position);
    if (delivered) return (feedback) => timeOf(feedback) <= digest.frozenAt;
  }
  return () => false;
}
