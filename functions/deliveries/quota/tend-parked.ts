import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { freeForDigests, type SendQuota } from '../../mail/send-quota.ts';
import { openPositions, type ReaderBatch } from '../reader-batch.ts';
import type { SegmentServices } from '../segments/current-segments.ts';
import { parkedUntil } from './parked-until.ts';

export type ParkedServices = SegmentServices & {
  digests: Pick<DigestStore, 'release' | 'parkUntil'>;
  quota: () => Promise<SendQuota>;
};

/** The digest goes on from this share of the day's quota on. */
const worthGoingOn = 0.1;

/**
 * A digest that waits for quota goes on when there is enough for what is left of it, or when a tenth of the day's quota is free. Until
 * then it says by when that will be.
 */
export async function tendParked(digest: Digest, open: readonly ReaderBatch[], { digests, ledger, quota, now }: ParkedServices) {
  if (!digest.holds.has('quota')) return;
  const granted = await quota();
  const free = freeForDigests(granted);
  const left = open.reduce((sum, batch) => sum + openPositions(batch).length, 0);
  const wanted = Math.max(1, Math.min(left, granted.max24HourSend * worthGoingOn));
  if (free >= wanted) return void (await digests.release(digest.id, 'quota'));
  const told = digest.parkedUntil !== undefined && Date.parse(digest.parkedUntil) > now().getTime();
  if (!told) await digests.parkUntil(digest.id, await parkedUntil(digest.id, wanted - free, { ledger, now }));
}
