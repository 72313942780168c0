import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { freeForDigests, type SendQuota } from '../../mail/send-quota.ts';
import type { Now } from '../../platform/clock.ts';
import type { Ledger } from '../ledger.ts';
import { type Order, openPositions } from '../order.ts';
import { parkedUntil } from './parked-until.ts';

export type ParkedServices = {
  digests: Pick<DigestStore, 'release' | 'parkUntil'>;
  ledger: Pick<Ledger, 'entries'>;
  quota: () => Promise<SendQuota>;
  now: Now;
};

/** So much of the day's quota is worth going on for. */
const worthGoingOn = 0.1;

/**
 * A parked digest goes on when what is left of it, or else a tenth of the day's quota, is free for digests; until then it says
 * by when that will be so.
 */
export async function tendParked(digest: Digest, open: readonly Order[], { digests, ledger, quota, now }: ParkedServices) {
  if (!digest.holds.has('quota')) return;
  const granted = await quota();
  const free = freeForDigests(granted);
  const left = open.reduce((sum, order) => sum + openPositions(order).length, 0);
  const wanted = Math.max(1, Math.min(left, granted.max24HourSend * worthGoingOn));
  if (free >= wanted) return void (await digests.release(digest.id, 'quota'));
  const told = digest.parkedUntil !== undefined && Date.parse(digest.parkedUntil) > now().getTime();
  if (!told) await digests.parkUntil(digest.id, await parkedUntil(digest.id, wanted - free, ledger, now()));
}
