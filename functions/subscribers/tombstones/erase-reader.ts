import type { Announce } from '../../platform/announcement.ts';
import type { Now } from '../../platform/clock.ts';
import type { ConsentContext, ConsentLog } from '../consent-log.ts';
import type { Tombstones } from './tombstones.ts';

export type EraseServices = {
  tombstones: Pick<Tombstones, 'erase' | 'forget'>;
  consents: Pick<ConsentLog, 'idsBefore' | 'record'>;
  announce: Announce;
  now: Now;
};

/**
 * Forgets a reader at their wish, under the addresses they had before as well. The address goes first; that they wished it is
 * the last of the evidence, and says that all is done. Asked again it does what was left undone.
 */
export async function eraseReader(id: string, context: ConsentContext, { tombstones, consents, announce, now }: EraseServices) {
  await announce({ type: 'reader.left', reader: id, by: 'erased' });
  const erasedAt = await tombstones.erase(id, now());
  if (!erasedAt) return 'unknown';
  for (const each of [id, ...(await consents.idsBefore(id))]) await tombstones.forget(each);
  await consents.record(id, { event: 'erased', at: erasedAt, ...context });
  return 'erased';
}
