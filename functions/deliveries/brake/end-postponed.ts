import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { minutesAfter, type Now } from '../../platform/clock.ts';
import type { Ledger } from '../ledger.ts';
import { isPostponed } from './postponed.ts';

export type PostponedServices = {
  digests: Pick<DigestStore, 'beside'>;
  ledger: Pick<Ledger, 'batchesPostponed' | 'skipRest'>;
  now: Now;
};

/** An issue that is a day old is no news, and the next one has it in its archive. */
const waitMinutes = 24 * 60;
const batchesAtOnce = 1_000;

/**
 * Readers who are postponed wait for an editor for a day, or until the next digest of the schedule is made. Then they are skipped, so
 * that a digest ends. Who is found to be postponed later is skipped at the next look.
 */
export async function endPostponed(digest: Digest, { digests, ledger, now }: PostponedServices): Promise<void> {
  const { id, postponed, postponedAt, holds } = digest;
  if (postponed.size === 0 || holds.has('cancel')) return;
  const isOld = postponedAt === undefined || now() >= minutesAfter(new Date(postponedAt), waitMinutes);
  if (!isOld && (await digests.beside(digest, 'newer', 1)).length === 0) return;
  const nobodyWaits = () => false;
  for (const batch of await ledger.batchesPostponed(id, nobodyWaits, batchesAtOnce)) {
    const waits =
      batch.state === 'planned' && batch.outcomes.every((letter, n) => letter !== '.' || isPostponed(batch.providers[n], postponed));
    if (waits) await ledger.skipRest(batch, 'provider');
  }
}
