import type { Actor } from '../access/principal.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { IssueStore } from '../issues/issue-store.ts';
import type { Breaker } from '../mail/breaker.ts';
import type { Now } from '../platform/clock.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Restore } from './restore.ts';
import type { RestoreStore } from './restore-store.ts';

export type ReleaseServices = {
  restores: Pick<RestoreStore, 'find' | 'release' | 'forgetMissedSlots'>;
  digests: Pick<DigestStore, 'openIds' | 'hold'>;
  issues: Pick<IssueStore, 'queued' | 'due' | 'unqueue'>;
  breaker: Pick<Breaker, 'releaseRestore'>;
  now: Now;
};

/** For everything that is scheduled, whenever. */
const endOfTime = new Date('9999-12-31T23:59:59Z');

/**
 * Mails go out again. Digests that are open are paused first, one by one for an editor to look at, and what is queued or scheduled becomes
 * a draft: what the table knows of them is older than what became of them, so they may have gone out already. Asked again it does what was
 * left undone.
 * @throws Refusal `not_found` where nothing was restored, `not_compared` before everybody who has gone is known to be so here
 */
export async function releaseRestore(by: Actor, { restores, digests, issues, breaker, now }: ReleaseServices): Promise<Restore> {
  const found = await restores.find();
  if (!found) throw new Refusal('not_found');
  if (found.releasedAt === undefined && found.comparison?.missing !== 0) throw new Refusal('not_compared');
  if (found.releasedAt === undefined) {
    for (const id of await digests.openIds()) await digests.hold(id, 'editor');
    const waiting = [...(await issues.queued()), ...(await issues.due(endOfTime))];
    for (const { slug } of waiting) await issues.unqueue(slug, now(), { by });
    await restores.forgetMissedSlots(now());
  }
  const released = await restores.release(by, now());
  if (!released) throw new Refusal('not_compared');
  await breaker.releaseRestore();
  return released;
}
