import { keys, shards } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { compareDepartures } from '../../functions/restores/compare-departures.ts';
import { repeatDepartures } from '../../functions/restores/repeat-departures.ts';
import { RestoredReaders } from '../../functions/restores/restored-readers.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { startTable } from '../support/dynamodb.ts';

export const joinedAt = new Date('2026-11-01T09:00:00Z');
const moment = '2026-12-01T00:00:00.000Z';
export const later = new Date('2026-12-03T12:00:00Z');

/** An id in the partition of its first two digits. */
export const id = (name: string) => Buffer.from(name.padEnd(16, '-')).toString('hex').slice(0, 32);

/** A table that was lost, and the one that was restored: both with these readers, confirmed before the moment. */
export async function twoTables(names: readonly string[]) {
  const [lost, restored] = await Promise.all([startTable(), startTable()]);
  for (const { table } of [lost, restored])
    for (const name of names)
      await new SubscriberStore(table).addConfirmed({ id: id(name), address: `${name}@example.org`, locale: 'en', topics: [] }, joinedAt);
  const stores = (table: Table) => ({
    table,
    subscribers: new SubscriberStore(table),
    consents: new ConsentLog(table),
    tombstones: new Tombstones(table),
    restored: new RestoredReaders(table),
    announce: async () => undefined,
  });
  const [was, is] = [stores(lost.table), stores(restored.table)];
  const everybody = () => everybodyOf(was.subscribers);
  return {
    was,
    is,
    everybody,
    repeat: (source: AsyncIterable<Subscriber> = everybody()) => repeatDepartures(source, is),
    compare: (source: AsyncIterable<Subscriber> = everybody()) => compareDepartures(source, moment, is.subscribers),
    stateOf: async (name: string) => (await is.subscribers.find(id(name)))?.state,
    stop: () => Promise.all([lost.stop(), restored.stop()]),
  };
}

async function* everybodyOf(subscribers: SubscriberStore) {
  for (const shard of shards) yield* subscribers.everybodyIn(shard);
}

/** A reader changes their address, as `ReaderAccount.move` leaves it. */
export async function moves(table: Table, from: string, to: string, at: Date) {
  const common = { locale: 'en', confirmedAt: at.toISOString() };
  await table.put({
    ...keys.subscriber(id(to)),
    ...common,
    state: 'confirmed',
    address: `${to}@example.org`,
    topics: [],
    nonce: 'n',
    movedFrom: id(from),
  });
  await table.put({
    ...keys.subscriber(id(from)),
    ...common,
    confirmedAt: joinedAt.toISOString(),
    state: 'moved',
    movedTo: id(to),
    movedAt: at.toISOString(),
  });
}
