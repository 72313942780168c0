import { expect, test } from 'vitest';
import { beginRoundTrip, eventsOfRoundTrip, recordRoundTrip } from '../../functions/deliveries/event-channel/round-trip.ts';
import { Table } from '../../functions/platform/table.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';

const at = new Date('2026-12-07T09:00:00Z');
const someTable = () => new Table(new MemoryDatabase({ pageItems: 50 }).client(), 'Table');

test('the events of a mail that somebody looks for are seen, whatever their order and number', async () => {
  const table = someTable();
  await beginRoundTrip('a1', 1_796_000_000, table);

  for (const event of ['Complaint', 'Send', 'Delivery', 'Send']) await recordRoundTrip('a1', event, at, table);

  expect(await eventsOfRoundTrip('a1', table)).toEqual(['Send', 'Delivery', 'Complaint']);
});

test('of a mail that nobody looks for, and of events that tell nothing, nothing is kept', async () => {
  const table = someTable();
  await beginRoundTrip('a1', 1_796_000_000, table);

  await recordRoundTrip('made up', 'Delivery', at, table);
  await recordRoundTrip('a1', 'pk', at, table);

  expect(await eventsOfRoundTrip('made up', table)).toEqual([]);
  expect(await table.get({ pk: 'PROBE', sk: 'ROUND-TRIP#made up' })).toBeUndefined();
  expect(await eventsOfRoundTrip('a1', table)).toEqual([]);
});
