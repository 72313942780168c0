import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Breaker } from '../../functions/mail/breaker.ts';
import { Pace, type Permit, type Permits } from '../../functions/mail/pace.ts';
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

/** What a reservation gave while the breaker is closed. */
const permitsIn = (reserved: Permits): readonly Permit[] => (reserved === 'unreachable' ? [] : reserved);

/** Clocks that only move when somebody sleeps. */
function paceAt(rate: number) {
  const time = { now: 1_800_000_000_000, asked: 0 };
  const now = () => new Date(time.now);
  const pace = new Pace({
    table,
    breaker: new Breaker({ table, now }),
    sendQuota: async () => {
      time.asked += 1;
      return { maxSendRate: rate, max24HourSend: 50_000, sentLast24Hours: 0 };
    },
    now,
    sleep: async (milliseconds) => {
      time.now += milliseconds;
    },
  });
  return { pace, time };
}

test.each([1, 14, 50, 200, 500])('at %i a second, permits never come faster than the rate in any second', async (rate) => {
  const { pace } = paceAt(rate);

  const permits: number[] = [];
  while (permits.length < rate * 4) permits.push(...permitsIn(await pace.reserve(1_000)).map(({ from }) => from));

  for (const start of permits)
    expect(permits.filter((permit) => permit >= start && permit < start + 1_000).length).toBeLessThanOrEqual(rate + 1);
  const seconds = ((permits.at(-1) ?? 0) - (permits[0] ?? 0)) / 1_000;
  expect((permits.length - 1) / seconds).toBeGreaterThanOrEqual(rate * 0.98);
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

test('somebody who waits at the screen gets a permit although digests have reserved all that they may', async () => {
  const { pace, time } = paceAt(2);
  const before = time.now;
  for (let n = 0; n < 11; n += 1) await pace.reserve(1);

  const [permit] = permitsIn(await pace.reserve(1, { sender: 'person' }));

  expect((permit?.from ?? Number.POSITIVE_INFINITY) - before).toBeLessThan(10_000);
});

test('after a throttle nobody reserves a permit within the next second', async () => {
  const { pace } = paceAt(50);
  await pace.reserve(1);

  await pace.yield();
  const [permit] = permitsIn(await pace.reserve(1));

  expect(permit?.from).toBeGreaterThanOrEqual(1_800_000_000_000 + 1_000);
});
