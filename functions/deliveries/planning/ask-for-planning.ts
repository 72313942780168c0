import type { Digest } from '../../digests/digest.ts';
import { type PlanMessage, planMessage } from '../../digests/digest-messages.ts';
import { minutes, minutesAfter, type Now } from '../../platform/clock.ts';
import { shardsOf } from '../../platform/keys.ts';
import type { Queue } from '../../platform/queue.ts';
import type { Ledger } from '../ledger.ts';
import { type PlanningTurnServices, planningYields } from './urgent-planning.ts';

export type PlanningWatchServices = PlanningTurnServices & {
  ledger: Pick<Ledger, 'plannedShards' | 'lastPlanned'>;
  plans: Pick<Queue<PlanMessage>, 'sendAll'>;
  now: Now;
};

/** A step without a result after this long is asked for again. */
export const patienceMinutes = 2;

/**
 * Asks again for the shards that are not planned yet, if for two minutes no shard has got any further. While one does, the others
 * only wait for their turn, as all do while an urgent issue is planned: asking for them would make copies.
 */
export async function askForPlanning(digest: Digest, services: PlanningWatchServices): Promise<void> {
  const { id, frozenAt, shards } = digest;
  const { ledger, plans, now } = services;
  const patientSince = minutesAfter(now(), -patienceMinutes).getTime();
  if (Date.parse(frozenAt) > patientSince) return;
  const done = await ledger.plannedShards(id);
  const missing = shardsOf(shards).filter((shard) => !done.has(shard));
  if (missing.length === 0 || [...done.values()].some(({ endedAt }) => endedAt > patientSince)) return;
  for (const shard of missing) if (((await ledger.lastPlanned(id, shard))?.plannedAt ?? 0) > patientSince) return;
  if (await planningYields(digest, services, minutes(patienceMinutes))) return;
  await plans.sendAll(missing.map((shard) => planMessage(id, shard)));
}
