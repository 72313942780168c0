import type { Now } from '../../platform/clock.ts';
import type { ConsentLog } from '../consent-log.ts';
import type { SubscriberStore } from '../subscriber-store.ts';
import type { Tombstones } from './tombstones.ts';

export type EraseServices = {
  subscribers: Pick<SubscriberStore, 'find'>;
  tombstones: Pick<Tombstones, 'erase'>;
  consents: Pick<ConsentLog, 'record'>;
  now: Now;
};

/** Forgets a reader at their wish; that they wished it is the last of the evidence, and goes with it. */
export async function eraseReader(id: string, page: string, { subscribers, tombstones, consents, now }: EraseServices) {
  const reader = await subscribers.find(id);
  if (!reader) return 'unknown';
  const at = now();
  if (reader.state !== 'erased') await consents.record(id, { event: 'erased', at: at.toISOString(), page });
  return tombstones.erase(id, at);
}
