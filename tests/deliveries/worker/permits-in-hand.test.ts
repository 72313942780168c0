import { expect, test } from 'vitest';
import { PermitsInHand } from '../../../functions/deliveries/worker/permits-in-hand.ts';
import type { Permits } from '../../../functions/mail/pace.ts';

/** A pace that gives so many at once, one every ten milliseconds; each may be used for a hundred. */
function hand(atOnce = 5) {
  const time = { now: 0, line: 0 };
  const given: number[] = [];
  const asked: number[] = [];
  const pace = {
    reserve: async (wanted: number): Promise<Permits> => {
      asked.push(wanted);
      const first = time.line + 10;
      const count = Math.min(wanted, atOnce);
      time.line += count * 10;
      return Array.from({ length: count }, (_, n) => ({ from: first + n * 10, until: first + n * 10 + 100 }));
    },
    giveBack: async (unused: number) => void given.push(unused),
  };
  const permits = new PermitsInHand({ pace, now: () => new Date(time.now) });
  return { time, pace, permits, asked, given };
}

const hasTime = () => true;

test('what one batch does not use the next one does', async () => {
  const { permits, asked, given } = hand();

  const taken = await permits.take({ count: 5, hasTime });
  permits.putBack(taken.slice(2) as never);
  const next = await permits.take({ count: 5, hasTime });

  expect(next).toEqual(taken.slice(2));
  expect([asked, given]).toEqual([[5], []]);
});

test('permits that were asked for one batch while another sends are used by the batch that sends first', async () => {
  const { permits, asked } = hand();

  const [, taken] = await Promise.all([permits.ensure({ count: 50, hasTime }), permits.take({ count: 2, hasTime })]);
  const rest = await permits.take({ count: 50, hasTime });

  expect([taken.length, rest.length]).toEqual([2, 3]);
  expect(asked).toEqual([50]);
});

test('what lapses is given back, and so is what is left at the end', async () => {
  const { permits, time, given } = hand(10);
  await permits.ensure({ count: 10, hasTime });

  time.now = 135;
  await permits.giveBack();
  await permits.giveBack({ all: true });
  await permits.giveBack({ all: true });

  expect(given).toEqual([3, 7]);
});

test('a permit that lapsed is never used', async () => {
  const { permits, time } = hand(3);
  await permits.ensure({ count: 3, hasTime });

  time.now = 1_000;
  time.line = 1_000;
  const taken = await permits.take({ count: 3, hasTime });

  expect(taken).toMatchObject([{ from: 1_010 }, { from: 1_020 }, { from: 1_030 }]);
});

test.each<[Permits, boolean, string]>([
  ['unreachable', true, 'unreachable'],
  [[], true, 'quota'],
  [[], false, 'time'],
])('%j with time left: %s means %s', async (answer, left, why) => {
  const { permits, pace } = hand();
  pace.reserve = async () => answer;

  expect(await permits.take({ count: 5, hasTime: () => left })).toBe(why);
});

test('permits that cannot be given back harm nobody', async () => {
  const { permits, pace } = hand();
  pace.giveBack = () => Promise.reject(new Error('throttled'));
  await permits.ensure({ count: 5, hasTime });

  await expect(permits.giveBack({ all: true })).resolves.toBeUndefined();
});
