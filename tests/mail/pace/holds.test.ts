import { expect, test } from 'vitest';
import { wakeBatches } from '../../../functions/deliveries/wake-batches.ts';
import { digestId } from '../../support/delivery-services.ts';
import { DigestWorkers } from './digest-workers.ts';
import { SimulatedAccount, start } from './simulated-account.ts';

const cases = [
  { rate: 1, workers: 2 },
  { rate: 14, workers: 1 },
  { rate: 14, workers: 8 },
  { rate: 50, workers: 2 },
  { rate: 200, workers: 4 },
  { rate: 500, workers: 2 },
];

test.each(cases)('at $rate a second $workers workers send nothing two seconds after a hold, and go on when it is lifted', async (each) => {
  const { rate, workers } = each;
  const account = new SimulatedAccount(rate, rate * workers);
  const digest = new DigestWorkers(account);
  await digest.plan(rate * 45);
  const asked = (from: number, to: number) => account.moments.filter((at) => at >= from && at < to).length;

  digest.start(workers);
  const late = [];
  const rates = [];
  for (let at = start + 10_000; at < start + 50_000; at += 12_345) {
    await account.scheduler.runUntil(at);
    await digest.store.hold(digestId, 'editor');
    await account.scheduler.runUntil(at + 6_000);
    await digest.store.release(digestId, 'editor');
    const held = await digest.store.find(digestId);
    if (held) await wakeBatches(held, { digests: digest.store, ledger: digest.ledger, batches: digest.queue, now: () => new Date(at) });
    await account.scheduler.runUntil(at + 12_000);
    late.push(asked(at + 2_000, at + 6_000));
    rates.push(asked(at + 7_500, at + 12_000) / 4.5 / rate);
  }

  expect(late).toEqual([0, 0, 0, 0]);
  if (rate > 1) expect(Math.min(...rates)).toBeGreaterThan(0.95);
});
