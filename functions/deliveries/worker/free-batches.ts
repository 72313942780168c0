import { canaryPlaces } from '../../digests/canary.ts';
import type { Digest } from '../../digests/digest.ts';
import { mailablePositions } from '../brake/postponed.ts';
import type { Ledger } from '../ledger.ts';
import { type BatchMessage, batchMessage, type ReaderBatch } from '../reader-batch.ts';

/** Index keys of a page, of which so many batches are read. */
const keysRead = 200;
const batchesRead = 20;

/**
 * Some batches of a digest that may be claimed, without their wake-ups. `from`, between 0 and 1, says where in the index to begin, so that
 * workers look at different ones. While only the first of them may go, those are read directly: the index has them by their shards.
 */
export async function freeBatches(digest: Digest, from: number, ledger: Pick<Ledger, 'openPlaces' | 'readMany'>): Promise<BatchMessage[]> {
  const { id, shards } = digest;
  const first = digest.holds.has('canary') ? digest.canary?.batches : digest.slowStart;
  const places =
    first === undefined
      ? turned(await ledger.openPlaces(id, keysRead), from).slice(0, batchesRead)
      : canaryPlaces({ batches: first }, shards).map((place) => ({ digest: id, ...place }));
  const batches = await ledger.readMany(places);
  // One that has stalled waits for its own wake-up.
  const isFree = (batch: ReaderBatch) => batch.state === 'planned' && batch.stalled === 0 && mailablePositions(batch, digest).length > 0;
  const free = batches.filter(isFree);
  return (first === undefined ? free : turned(free, from)).slice(0, batchesRead).map(batchMessage);
}

/** The same, beginning at another place. */
function turned<Each>(all: readonly Each[], from: number): Each[] {
  const start = Math.floor(all.length * from);
  return [...all.slice(start), ...all.slice(0, start)];
}
