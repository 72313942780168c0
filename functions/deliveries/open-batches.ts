import type { Digest } from '../digests/digest.ts';
import { isPostponed, mailablePositions } from './brake/postponed.ts';
import { canaryBatches } from './brake/watch-canary.ts';
import type { Ledger } from './ledger.ts';
import type { ReaderBatch } from './reader-batch.ts';

const batchesAtOnce = 1_000;

export type OpenBatchesLedger = Pick<Ledger, 'openBatches' | 'batchesPostponed' | 'readMany'>;

/**
 * Batches of a digest that are not settled and not postponed, up to a thousand. Those of a canary that is out alone come first, because
 * all others wait for them.
 */
export async function openBatches(digest: Digest, ledger: OpenBatchesLedger): Promise<ReaderBatch[]> {
  const [first, indexed, back] = await Promise.all([
    digest.holds.has('canary') ? canaryBatches(digest, ledger) : [],
    ledger.openBatches(digest.id, batchesAtOnce),
    batchesComingBack(digest, ledger),
  ]);
  const ahead = first.filter(
    (batch) => batch.state === 'claimed' || (batch.state === 'planned' && mailablePositions(batch, digest).length > 0),
  );
  return [...new Map([...ahead, ...indexed, ...back].map((batch) => [`${batch.shard}#${batch.batch}`, batch])).values()];
}

/** Batches that were postponed, and whose readers an editor has resumed, or whose digest was cancelled. */
async function batchesComingBack(digest: Digest, ledger: OpenBatchesLedger): Promise<ReaderBatch[]> {
  const stays = staysPostponed(digest);
  return stays ? ledger.batchesPostponed(digest.id, stays, batchesAtOnce) : [];
}

/** Whether readers at a provider, by its letter, still wait; undefined where nobody has ever been postponed. */
export const staysPostponed = ({ postponed, forgivenBlocks, holds }: Digest): ((letter: string) => boolean) | undefined =>
  postponed.size === 0 && !forgivenBlocks ? undefined : (letter) => !holds.has('cancel') && isPostponed(letter, postponed);
