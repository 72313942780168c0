import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Pace } from '../../functions/mail/pace.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => void (await table.delete(keys.pace)));

/** Clocks that only move when somebody sleeps. */
function paceAt(rate: number) {
  const time = { now: 1_800_000_000_000, asked: 0 };
  const pace = new Pace({
    table,
    sendQuota: async () => {
      time.asked += 1;
      return { maxSendRate: rate, max24HourSend: 50_000, sentLast24Hours: 0 };
    },
    now: () => new Date(time.now),
    sleep: async (milliseconds) => {
      time.now += milliseconds;
    },
  });
  return { pace, time };
}

test.each([1, 14, 50, 200, 500])('at %i a second, slots never come faster than the rate in any second', async (rate) => {
  const { pace } = paceAt(rate);

  const slots: number[] = [];
  while (slots.length < rate * 4) slots.push(...(await pace.reserve(1_000)).map(({ from }) => from));

  for (const start of slots) expect(slots.filter((slot) => slot >= start && slot < start + 1_000).length).toBeLessThanOrEqual(rate + 1);
  const seconds = ((slots.at(-1) ?? 0) - (slots[0] ?? 0)) / 1_000;
  expect((slots.length - 1) / seconds).toBeGreaterThanOrEqual(rate * 0.98);
});

test('a reservation holds at most half a second of the rate', async () => {
  const { pace } = paceAt(50);

  expect(await pace.reserve(1_000)).toHaveLength(25);
});

test('SES is asked for the quota once a minute, not once a reservation', async () => {
  const { pace, time } = paceAt(50);

  for (let n = 0; n < 100; n += 1) await pace.reserve(25);

  expect(time.asked).toBe(1);
});

test('somebody who waits at the screen gets a slot although digests have reserved all that they may', async () => {
  const { pace, time } = paceAt(2);
  const before = time.now;
  for (let n = 0; n < 11; n += 1) await pace.reserve(1);

  const [slot] = await pace.reserve(1, { sender: 'person' });

  expect((slot?.from ?? Number.POSITIVE_INFINITY) - before).toBeLessThan(10_000);
});

test('after a throttle nobody reserves a slot within the next second', async () => {
  const { pace } = paceAt(50);
  await pace.reserve(1);

  await pace.yield();
  const [slot] = await pace.reserve(1);

  expect(slot?.from).toBeGreaterThanOrEqual(1_800_000_000_000 + 1_000);
});
