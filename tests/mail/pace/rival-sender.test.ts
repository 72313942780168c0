import { expect, test } from 'vitest';
import { DigestWorkers } from './digest-workers.ts';
import { SimulatedAccount, start } from './simulated-account.ts';

const second = 1_000;

test.each([
  { rate: 14, workers: 2 },
  { rate: 50, workers: 1 },
  { rate: 50, workers: 4 },
  { rate: 200, workers: 2 },
  { rate: 500, workers: 4 },
])('at $rate a second with $workers workers, a rival that takes 30 % for a minute is let through, and nobody is lost', async (each) => {
  const { rate, workers } = each;
  const account = new SimulatedAccount(rate, 7);
  const digest = new DigestWorkers(account);
  const readers = rate * 90;
  await digest.plan(readers);
  const [from, to] = [start + 10 * second, start + 70 * second];
  const rival = account.rival(0.3, { from, to });
  const accepted = (first: number, last: number) => account.answered('accepted', { from: first, to: last }) / ((last - first) / second);

  digest.start(workers);
  await account.scheduler.runUntil(start + 85 * second);

  expect(accepted(from + 6 * second, to) / rate).toBeGreaterThan(0.6);
  expect(accepted(from + 6 * second, to) / rate).toBeLessThan(0.75);
  expect(rival.accepted / (rival.accepted + rival.refused)).toBeGreaterThan(0.8);
  expect(account.answered('throttled') / account.asked.length).toBeLessThan(0.08);
  expect(accepted(to + 3 * second, start + 85 * second) / rate).toBeGreaterThan(0.9);

  await account.scheduler.runUntil(start + 130 * second);
  const mailed = account.asked.filter(({ answer }) => answer === 'accepted').map(({ to: address }) => address);
  expect(mailed).toHaveLength(readers);
  expect(new Set(mailed).size).toBe(readers);
});
