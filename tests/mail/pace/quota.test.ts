import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Breaker } from '../../../functions/mail/breaker.ts';
import { Pace } from '../../../functions/mail/pace.ts';
import { freeForDigests, withinLimit } from '../../../functions/mail/send-quota.ts';
import { sesSending } from '../../../functions/mail/ses-sending.ts';
import { keys } from '../../../functions/platform/keys.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => void (await table.delete(keys.pace)));

/** An account that sends what is reserved, and knows at each asking what that was. */
function accountWith({ max24HourSend = 200, sentLast24Hours = 0, maxSendRate = 100 } = {}) {
  const time = { now: 1_800_000_000_000 };
  const account = { max24HourSend, sentLast24Hours, maxSendRate };
  const worker = () =>
    new Pace({
      table,
      breaker: new Breaker({ table, now: () => new Date(time.now) }),
      sendQuota: async () => ({ ...account }),
      now: () => new Date(time.now),
      sleep: async (milliseconds) => {
        time.now += milliseconds;
      },
    });
  const reserveAll = async (pace: Pace, most = 10_000) => {
    let reserved = 0;
    for (let permits = await pace.reserve(50); permits.length > 0 && reserved < most; permits = await pace.reserve(50))
      reserved += permits.length;
    return reserved;
  };
  return { time, account, worker, reserveAll };
}

test.each([
  [{ max24HourSend: 200, sentLast24Hours: 0 }, 190],
  [{ max24HourSend: 200, sentLast24Hours: 189 }, 1],
  [{ max24HourSend: 200, sentLast24Hours: 190 }, 0],
  [{ max24HourSend: 200, sentLast24Hours: 200 }, 0],
  [{ max24HourSend: 50_000, sentLast24Hours: 7 }, 47_493],
  [{ max24HourSend: 10, sentLast24Hours: 0 }, 9],
  [{ max24HourSend: -1, sentLast24Hours: 1e9 }, Number.POSITIVE_INFINITY],
])('of %o a digest may have so many', (quota, free) => {
  expect(freeForDigests(quota)).toBe(free);
});

test.each([
  [{ max24HourSend: 50_000 }, undefined, 50_000],
  [{ max24HourSend: 50_000 }, 2_000, 2_000],
  [{ max24HourSend: 200 }, 2_000, 200],
  [{ max24HourSend: -1 }, 2_000, 2_000],
])('of %o with a limit of %o the day’s quota is %i', (quota, limit, day) => {
  const granted = { maxSendRate: 14, sentLast24Hours: 7 };

  expect(withinLimit({ ...granted, ...quota }, limit)).toEqual({ ...granted, max24HourSend: day });
});

test('a newsletter’s own limit stops its digests, and a person who asks for a mail gets it all the same', async () => {
  const ses = { send: async () => ({ Max24HourSend: 50_000, MaxSendRate: 100, SentLast24Hours: 0 }) };
  const time = { now: 1_800_000_000_000 };
  const sleep = async (milliseconds: number) => {
    time.now += milliseconds;
  };
  const dailyLimit = async () => 200;
  const { pace } = sesSending({ client: ses as never, configurationSet: '', table, dailyLimit, now: () => new Date(time.now), sleep });

  expect(await accountWith().reserveAll(pace)).toBe(190);
  expect(await pace.reserve(1, { sender: 'person' })).toHaveLength(1);
});

test('digests send up to the twentieth of the quota that is kept for confirmations, and these go on', async () => {
  const { worker, reserveAll } = accountWith({ max24HourSend: 200 });
  const pace = worker();

  expect(await reserveAll(pace)).toBe(190);
  expect(await pace.reserve(1, { sender: 'person' })).toHaveLength(1);
});

test('workers side by side share what is left: together they reserve no more than one would', async () => {
  const { worker, reserveAll } = accountWith({ max24HourSend: 400 });

  const reserved = await Promise.all([worker(), worker(), worker()].map((pace) => reserveAll(pace)));

  expect(reserved.reduce((sum, n) => sum + n, 0)).toBe(380);
});

test('what SES counts when it is asked again is not counted twice, and what it raises is used', async () => {
  const { worker, reserveAll, account, time } = accountWith({ max24HourSend: 200 });
  await reserveAll(worker());
  account.sentLast24Hours = 190;
  account.max24HourSend = 1_000;
  time.now += 61_000;

  expect(await reserveAll(worker())).toBe(760);
});

test('permits that lapsed take nothing of the quota', async () => {
  const { worker, reserveAll } = accountWith({ max24HourSend: 200 });
  const pace = worker();
  const lapsed = await pace.reserve(50);
  await pace.giveBack(lapsed.length);

  expect(await reserveAll(pace)).toBe(190);
});

test('a worker that looks at the quota sees what was reserved since SES was asked, so a parked digest is not let go at once', async () => {
  const { worker, reserveAll } = accountWith({ max24HourSend: 200 });
  const pace = worker();
  await reserveAll(pace);

  expect(freeForDigests(await pace.quota())).toBe(0);
});

test('an account without a limit has none here either', async () => {
  const { worker, reserveAll } = accountWith({ max24HourSend: -1 });

  expect(await reserveAll(worker(), 1_000)).toBeGreaterThanOrEqual(1_000);
});
