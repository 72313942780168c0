import { expect, test } from 'vitest';
import { countedRates, scaleOf } from '../../../infra/prices/scale.ts';
import { billOf } from './bill-benchmark.ts';
import { digestDay } from './digest-day.ts';

test('a digest at 50/s costs at most $1.00 a million readers to send, and $2.25 to hear of, beside SES’s own price', async () => {
  const { perMillion } = billOf(await digestDay(50, 3_000));

  expect(perMillion.sending).toBeLessThanOrEqual(1);
  expect(perMillion.feedback).toBeLessThanOrEqual(2.25);
});

test('planned and sent in the times that are computed for how far it scales', async () => {
  const [usual] = countedRates;
  if (!usual) throw new Error('no rate');
  const { planning, seconds } = await digestDay(usual.rate, 6_000);
  const computed = scaleOf(6_000 / 1e6, usual);

  // The benchmark plans with one planner.
  expect(planning.milliseconds / 1_000 / 2 / computed.planSeconds).toBeGreaterThan(0.8);
  expect(planning.milliseconds / 1_000 / 2 / computed.planSeconds).toBeLessThan(1.25);
  expect(seconds / computed.sendSeconds).toBeGreaterThan(0.98);
  expect(seconds / computed.sendSeconds).toBeLessThan(1.05);
});
