import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EventChannel, recordProbe, recordUnreadable } from '../../functions/deliveries/event-channel/event-channel.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { FakeMailer } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => void (await table.delete(keys.probe)));

function channel({ drained = true } = {}) {
  const mailer = new FakeMailer();
  const probes: string[] = [];
  const events = new EventChannel({
    table,
    mailer,
    probe: (id) => {
      probes.push(id);
      return { from: 'weekly@example.org', to: 'success@simulator.amazonses.com', raw: new Uint8Array(), tags: { probe: id } };
    },
    queues: [{ isDrained: async () => drained }],
  });
  return { events, probes, mailer };
}

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 27, 1, minutes));

test('the channel is proven when a probe made after the grace has come back and nothing waits', async () => {
  const { events, probes, mailer } = channel();

  const first = await events.isProvenSince(at(0).getTime(), at(5));
  await recordProbe(probes[0] ?? '', at(6), table);
  const second = await events.isProvenSince(at(0).getTime(), at(7));

  expect([first, second]).toEqual([false, true]);
  expect(mailer.recipients).toEqual(['success@simulator.amazonses.com']);
});

test('where others always wait, a probe shows that events come through once what stood before it has had a minute', async () => {
  const { events, probes } = channel({ drained: false });
  const carries = (minute: number) => events.carriesSince(at(0).getTime(), at(minute));

  const sent = await carries(5);
  await recordProbe(probes[0] ?? '', at(6), table);

  expect([sent, await carries(6), await carries(7)]).toEqual([false, false, true]);
  expect(await events.isProvenSince(at(0).getTime(), at(7))).toBe(false);
  expect(probes).toHaveLength(1);
});

test('a probe that has not come back proves nothing, and is repeated after five minutes only', async () => {
  const { events, probes } = channel();

  for (const minute of [5, 6, 7, 11]) expect(await events.isProvenSince(at(0).getTime(), at(minute))).toBe(false);

  expect(probes).toHaveLength(2);
});

test('a probe from before the grace proves nothing about it: another is made', async () => {
  const { events, probes } = channel();
  await events.isProvenSince(at(0).getTime(), at(5));
  await recordProbe(probes[0] ?? '', at(6), table);

  const proven = await events.isProvenSince(at(10).getTime(), at(12));

  expect(proven).toBe(false);
  expect(probes).toHaveLength(2);
});

test('while events wait in the queue or among the dead letters, the channel is not proven', async () => {
  const { events, probes } = channel({ drained: false });
  await events.isProvenSince(at(0).getTime(), at(5));
  await recordProbe(probes[0] ?? '', at(6), table);

  expect(await events.isProvenSince(at(0).getTime(), at(7))).toBe(false);
});

test('the return of an older probe is not taken for the newer one’s', async () => {
  const { events, probes } = channel();
  await events.isProvenSince(at(0).getTime(), at(5));
  await events.isProvenSince(at(0).getTime(), at(11));

  await recordProbe(probes[0] ?? '', at(12), table);

  expect(await events.isProvenSince(at(0).getTime(), at(12))).toBe(false);
});

test('an event that nobody can read takes the proof back, until a probe made after it has come back', async () => {
  const { events, probes } = channel();
  await events.isProvenSince(at(0).getTime(), at(5));
  await recordProbe(probes[0] ?? '', at(6), table);
  await recordUnreadable(at(7), table);

  const now = [await events.isProvenSince(at(0).getTime(), at(8)), await events.carriesSince(at(0).getTime(), at(8))];
  await recordProbe(probes.at(-1) ?? '', at(9), table);

  expect(now).toEqual([false, false]);
  expect(await events.isProvenSince(at(0).getTime(), at(10))).toBe(true);
  expect(probes).toHaveLength(2);
});

test('an event that nobody can read before there was a probe takes nothing back', async () => {
  const { events, probes } = channel();
  await recordUnreadable(at(4), table);

  await events.isProvenSince(at(0).getTime(), at(5));
  await recordProbe(probes[0] ?? '', at(6), table);

  expect(await events.isProvenSince(at(0).getTime(), at(7))).toBe(true);
});
