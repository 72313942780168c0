import type { Digest } from '../../../functions/digests/digest.ts';
import type { Fault } from '../faults.ts';
import type { Newsletter } from '../newsletter.ts';
import type { World } from '../world.ts';

/** A worker looks once a second which digests send, and what it holds permits for goes out. */
const noticedMs = 5_000;

/** What makes a worker see too late, or not at all, what another digest has. */
const blinds: Fault[] = [
  ...(['read slow', 'read failed', 'index late', 'batch read answered in part', 'outage of the table'] as const),
  ...(['worker frozen and thawed later', 'worker frozen between its last look and the first byte', 'clock skewed by up to 10 s'] as const),
];

/**
 * While an issue that an editor sends on its own has batches that anybody might claim, nothing leaves of a digest of the schedule, five
 * seconds after that began.
 */
export function checkFairness(world: World, { ses: { asked } }: Newsletter, digests: readonly Digest[]) {
  const urgent = digests.filter(({ kind }) => kind === 'issue');
  world.faults.count('issue sent beside the digest', urgent.length);
  if (blinds.some((fault) => world.faults.counts.has(fault))) return;
  const others = new Set(digests.filter(({ kind }) => kind === 'slot').map(({ id }) => id));
  for (const { id } of urgent)
    for (const { from, to } of world.historyOf(id).free) {
      const late = asked.find(({ at, digest }) => at > from + noticedMs && at < to && others.has(digest ?? ''));
      if (late)
        world.violated('urgent issues go first', `a weekly mail left ${Math.round(late.at - from)} ms after ${id} had free batches`);
    }
}
