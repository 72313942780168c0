import { Table } from '../../../functions/platform/table.ts';
import { compareDepartures } from '../../../functions/restores/compare-departures.ts';
import { repeatDepartures } from '../../../functions/restores/repeat-departures.ts';
import type { Comparison } from '../../../functions/restores/restore.ts';
import { RestoreStore } from '../../../functions/restores/restore-store.ts';
import { RestoredReaders } from '../../../functions/restores/restored-readers.ts';
import { ConsentLog } from '../../../functions/subscribers/consent-log.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import { Tombstones } from '../../../functions/subscribers/tombstones/tombstones.ts';
import { departureSource } from './departure-source.ts';

type Asked = Parameters<typeof departureSource>[0];

/** Makes who has gone since gone again, then looks whether everybody is, and writes down what it found for the editors. */
export async function compareRestore(asked: Asked): Promise<Comparison> {
  const { restore, restored, target, context } = asked;
  const table = new Table(target.aws.dynamodb, restored);
  const subscribers = new SubscriberStore(table);
  const source = await departureSource(asked);
  await repeatDepartures(source.readers(), {
    subscribers,
    restored: new RestoredReaders(table),
    consents: new ConsentLog(table),
    tombstones: new Tombstones(table),
  });
  const found = await compareDepartures(source.readers(), restore.moment, subscribers);
  const comparison: Comparison = {
    ...found,
    source: source.kind,
    knownUntil: source.knownUntil.toISOString(),
    // The copy has nobody who came and stayed.
    newcomers: source.kind === 'nightly-copy' ? null : found.newcomers,
    comparedAt: context.now().toISOString(),
  };
  await new RestoreStore(table).compared(comparison);
  await source.close();
  return comparison;
}
