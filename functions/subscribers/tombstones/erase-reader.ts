import type { Now } from '../../platform/clock.ts';
import type { ConsentContext, ConsentLog } from '../consent-log.ts';
import type { SubscriberStore } from '../subscriber-store.ts';
import type { Tombstones } from './tombstones.ts';

export type EraseServices = {
  subscribers: Pick<SubscriberStore, 'find'>;
  tombstones: Pick<Tombstones, 'erase'>;
  consents: Pick<ConsentLog, 'record'>;
  now: Now;
};

/** Forgets a reader at their wish; that they wished it is the last of the evidence, and goes with it. */
export async function eraseReader(id: string, context: ConsentContext, { subscribers, tombstones, consents, now }: EraseServices) {
  const reader = await subscribers.find(id);
  if (!reader || reader.state === 'moved') return 'unknown';
  const at = now();
  if (reader.state !== 'erased') await consents.record(id, { event: 'erased', at: at.toISOString(), ...context });
  return tombstones.erase(id, at);
}
