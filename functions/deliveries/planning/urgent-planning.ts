import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { isIssueDigest } from '../../digests/slot.ts';
import { minutes, type Now } from '../../platform/clock.ts';
import type { Ledger } from '../ledger.ts';

export type PlanningTurnServices = {
  digests: Pick<DigestStore, 'openIds' | 'find'>;
  ledger: Pick<Ledger, 'plannedShards'>;
  now: Now;
};

/** An issue that cannot be made or planned for so long keeps nobody else's planning back any more. */
const longestMs = minutes(15);

/**
 * Whether a digest's planning waits, because an issue that an editor sends on its own is being made or planned: 256 shards of a digest of
 * millions would be planned before it. With `lullMs`: or did wait until so long ago.
 */
export async function planningYields(digest: Pick<Digest, 'id'>, services: PlanningTurnServices, lullMs = 0): Promise<boolean> {
  if (isIssueDigest(digest.id)) return false;
  const urgent = (await services.digests.openIds()).filter(isIssueDigest);
  const each = await Promise.all(urgent.map((id) => isInTheMaking(id, services, lullMs)));
  return each.includes(true);
}

async function isInTheMaking(id: string, { digests, ledger, now }: PlanningTurnServices, lullMs: number): Promise<boolean> {
  const digest = await digests.find(id);
  const since = now().getTime() - lullMs;
  if (digest?.phase !== 'open' || Date.parse(digest.frozenAt) + longestMs < since) return false;
  const planned = [...(await ledger.plannedShards(id)).values()];
  return planned.length < digest.shards || planned.some(({ endedAt }) => endedAt > since);
}
