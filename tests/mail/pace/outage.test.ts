import { expect, test } from 'vitest';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import { digestId } from '../../support/delivery-services.ts';
import { DigestWorkers } from './digest-workers.ts';
import { SimulatedAccount, start } from './simulated-account.ts';

const rates = [1, 14, 50, 200];
const cases = (['hangs', '503'] as const).flatMap((kind) => rates.flatMap((rate) => [1, 2, 4].map((workers) => ({ kind, rate, workers }))));

test.each(cases)('when SES $kind at $rate a second, $workers workers lose five mails and two seconds of the rate at most', async (each) => {
  const { kind, rate, workers } = each;
  const account = new SimulatedAccount(rate, rate + workers);
  const digest = new DigestWorkers(account);
  await digest.plan(rate * 60);
  account.outage = { from: start + 5_000, kind };

  digest.start(workers);
  await account.scheduler.runUntil(start + 90_000);

  const { submitted, unknown, open, audience, skipped } = await reportOf(digestId, digest.ledger);
  expect(unknown).toBeGreaterThan(0);
  expect(unknown).toBeLessThanOrEqual(5 + 2 * rate);
  expect({ submitted: submitted > 0, left: submitted + unknown + open, skipped }).toEqual({ submitted: true, left: audience, skipped: {} });
});
