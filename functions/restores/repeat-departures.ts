import type { ConsentLog, ConsentRecord } from '../subscribers/consent-log.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { type Departure, departureOf, isKnown } from './departure.ts';
import { inTurns } from './in-turns.ts';
import type { RestoredReaders } from './restored-readers.ts';

export type RepeatServices = {
  subscribers: Pick<SubscriberStore, 'find'>;
  restored: Pick<RestoredReaders, 'repeat'>;
  consents: Pick<ConsentLog, 'record' | 'idsBefore'>;
  tombstones: Pick<Tombstones, 'forget'>;
};

/**
 * Makes everybody who has gone, by what the source says, gone in the restored table. Repeating it does no harm, and what a reader has done
 * in the restored table since is left as it is.
 * @returns how many were changed
 */
export async function repeatDepartures(source: AsyncIterable<Subscriber>, services: RepeatServices): Promise<number> {
  let repeated = 0;
  await inTurns(source, async (told) => {
    const departure = departureOf(told);
    if (departure && (await repeat(told, departure, services)) === 'repeated') repeated += 1;
  });
  return repeated;
}

/** The evidence first, and the reader's item last: it says that all is done. */
async function repeat(told: Subscriber, departure: Departure, { subscribers, restored, consents, tombstones }: RepeatServices) {
  if (isKnown(await subscribers.find(told.id), told, departure)) return 'known';
  const evidence = evidenceOf(told, departure);
  if (evidence) await consents.record(told.id, { page: 'restore', ...evidence });
  if (departure.kind === 'erased') for (const id of [told.id, ...(await consents.idsBefore(told.id))]) await tombstones.forget(id);
  return restored.repeat(told, departure);
}

/** Who has asked to come back has said so in the evidence when they confirm it. */
function evidenceOf(told: Subscriber, { kind, at }: Departure): Omit<ConsentRecord, 'page'> | undefined {
  if (told.state === 'pending') return undefined;
  if (told.state === 'moved') return { event: 'moved', at, movedTo: told.movedTo };
  if (told.state === 'confirmed') return { event: 'moved', at, ...(told.movedFrom && { movedFrom: told.movedFrom }) };
  if (kind === 'left' || kind === 'erased') return { event: kind, at };
  return told.state === 'suppressed' ? { event: 'suppressed', at, reason: told.reason } : undefined;
}
