import { expect, test } from 'vitest';
import { busiest } from './busiest.ts';
import { ConfirmationWorkers } from './confirmation-workers.ts';
import { DigestWorkers } from './digest-workers.ts';
import { SimulatedAccount, start } from './simulated-account.ts';

test.each([
  { rate: 14, signUps: 1, seconds: 300 },
  { rate: 50, signUps: 2.5, seconds: 100 },
  { rate: 200, signUps: 10, seconds: 40 },
  { rate: 500, signUps: 25, seconds: 30 },
])('at $rate a second a digest at full rate leaves $signUps sign-ups a second their mail within 10 s', async (each) => {
  const { rate, signUps, seconds } = each;
  const account = new SimulatedAccount(rate, 3);
  const digest = new DigestWorkers(account);
  const people = new ConfirmationWorkers(account);
  await digest.plan(rate * (seconds + 15));
  const end = start + seconds * 1_000;
  people.signUps(signUps, { from: start + 5_000, to: end });

  digest.start(4);
  people.start();
  await account.scheduler.runUntil(end + 10_000);

  const mailedAt = new Map(account.asked.filter(({ kind }) => kind === 'confirmation').map(({ to, answeredAt = 0 }) => [to, answeredAt]));
  const waits = [...people.signedUpAt].map(([email, at]) => (mailedAt.get(email) ?? Number.POSITIVE_INFINITY) - at).sort((a, b) => a - b);
  expect(waits[Math.floor(waits.length * 0.99)]).toBeLessThan(10_000);
  const { moments } = account;
  expect(moments.filter((at) => at >= start + 2_000 && at < end).length / (seconds - 2)).toBeGreaterThanOrEqual(0.98 * rate);
  expect(busiest(moments, 1_000)).toBeLessThanOrEqual(1.1 * rate);
  expect(busiest(moments, 10_000)).toBeLessThanOrEqual(10 * rate);
  expect(account.answered('throttled')).toBe(0);
});
