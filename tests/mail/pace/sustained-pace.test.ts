import { expect, test } from 'vitest';
import { busiest } from './busiest.ts';
import { DigestWorkers } from './digest-workers.ts';
import { SimulatedAccount, start } from './simulated-account.ts';

const rates = [
  { rate: 1, seconds: 500 },
  { rate: 14, seconds: 60 },
  { rate: 50, seconds: 30 },
  { rate: 200, seconds: 16 },
  { rate: 500, seconds: 40 },
];
/** One worker has the processor for 320 a second; the template has two. */
const cases = rates.flatMap((each) =>
  [1, 2, 3, 4, 5, 6, 7, 8].filter((workers) => workers > 1 || each.rate <= 200).map((workers) => ({ ...each, workers })),
);

test.each(cases)('at $rate a second $workers workers send 98 % of it, never more, and SES throttles nothing', async (each) => {
  const { rate, seconds, workers } = each;
  const account = new SimulatedAccount(rate, rate + workers);
  const digest = new DigestWorkers(account);
  await digest.plan(rate * (seconds + 10));

  digest.start(workers);
  await account.scheduler.runUntil(start + seconds * 1_000);

  const { moments } = account;
  const warm = start + 2_000;
  const sustained = moments.filter((at) => at >= warm).length / (seconds - 2);
  expect(moments[0]).toBeLessThan(start + 1_000);
  expect(sustained).toBeGreaterThanOrEqual(0.98 * rate);
  expect(busiest(moments, 1_000)).toBeLessThanOrEqual(1.1 * rate);
  expect(busiest(moments, 10_000)).toBeLessThanOrEqual(10 * rate);
  expect(account.answered('throttled')).toBe(0);
});
