import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { type DepartureKind, departureOf, isKnown } from './departure.ts';
import { inTurns } from './in-turns.ts';
import type { Comparison } from './restore.ts';

/**
 * Counts who has gone since the moment of the restored data, by what the source says, and whom of all who are gone there the restored table
 * would mail. Changes nothing. A mover is counted once, under the address they left.
 */
export async function compareDepartures(
  source: AsyncIterable<Subscriber>,
  moment: string,
  subscribers: Pick<SubscriberStore, 'find'>,
): Promise<Omit<Comparison, 'source' | 'knownUntil' | 'comparedAt'> & { newcomers: number }> {
  const counted: Record<DepartureKind, number> = { left: 0, complained: 0, suppressed: 0, moved: 0, erased: 0 };
  let [missing, newcomers] = [0, 0];
  await inTurns(source, async (told) => {
    const departure = departureOf(told);
    if (departure) {
      if (departure.at > moment && told.state !== 'confirmed') counted[departure.kind] += 1;
      if (!isKnown(await subscribers.find(told.id), told, departure)) missing += 1;
    } else if (told.state === 'confirmed' && told.confirmedAt > moment) {
      if ((await subscribers.find(told.id))?.state !== 'confirmed') newcomers += 1;
    }
  });
  return { ...counted, missing, newcomers };
}
