import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EventChannel, recordProbe, recordUnreadable } from '../../functions/deliveries/event-channel/event-channel.ts';
import { noteReceipts } from '../../functions/deliveries/event-channel/event-receipts.ts';
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
beforeEach(async () => {
  for (const key of [keys.probe, keys.eventReceipts]) await table.delete(key);
});

function channel({ drained = true, dead = false } = {}) {
  const mailer = new FakeMailer();
  const probes: string[] = [];
  const events = new EventChannel({
    table,
    mailer,
    probe: (id) => {
      probes.push(id);
      return { from: 'weekly@example.org', to: 'success@simulator.amazonses.com', raw: new Uint8Array(), tags: { probe: id } };
    },
    events: { isDrained: async () => drained },
    deadLetters: { isDrained: async () => !dead },
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

/** Events are received in each of these minutes, published `ageMinutes` before. */
async function receive(from: number, to: number, ageMinutes = 0) {
  const body = (minute: number) => JSON.stringify({ Type: 'Notification', Timestamp: at(minute - ageMinutes), Message: '{}' });
  for (let minute = from; minute <= to; minute += 1) await noteReceipts([body(minute), body(minute)], at(minute), table);
}

async function provenAt(minute: number, { events, probes }: Pick<ReturnType<typeof channel>, 'events' | 'probes'>, since = 0) {
  await events.isProvenSince(at(since).getTime(), at(minute));
  await recordProbe(probes.at(-1) ?? '', at(minute), table);
  return events.isProvenSince(at(since).getTime(), at(minute));
}

test('while events wait in the queue, and nobody knows how old they are, the channel is not proven', async () => {
  expect(await provenAt(30, channel({ drained: false }))).toBe(false);
});

test('where the queue is never empty, the channel is proven when for twenty minutes all events that came were young', async () => {
  await receive(0, 30);

  expect(await provenAt(30, channel({ drained: false }))).toBe(true);
});

test.each([
  ['a late one came meanwhile: what fails comes again', () => receive(18, 18, 17)],
  ['one came of which nobody knows how old it is', () => noteReceipts(['{}'], at(18), table)],
])('young events prove nothing where %s', async (_, happens) => {
  await receive(0, 17);
  await happens();
  await receive(19, 30);

  expect(await provenAt(30, channel({ drained: false }))).toBe(false);
  await receive(31, 39);
  expect(await provenAt(39, channel({ drained: false }))).toBe(true);
});

test('young events prove nothing where none came for minutes, or none comes any more, or too few minutes have passed since', async () => {
  await receive(0, 12);
  await receive(15, 30);
  const afterGap = await provenAt(30, channel({ drained: false }));
  await receive(31, 40);

  expect([afterGap, await provenAt(40, channel({ drained: false }), 21)]).toEqual([false, false]);
  expect(await provenAt(42, channel({ drained: false }))).toBe(false);
  expect(await provenAt(41, channel({ drained: false }))).toBe(true);
});

test('while there is a dead letter, the channel is not proven', async () => {
  await receive(0, 30);

  expect(await provenAt(30, channel({ dead: true }))).toBe(false);
});

test('that a receipt cannot be noted keeps no event back', async () => {
  const fails = async () => {
    throw new Error('the table is away');
  };

  await expect(noteReceipts(['{}'], at(0), { update: fails, put: fails })).resolves.toBeUndefined();
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
