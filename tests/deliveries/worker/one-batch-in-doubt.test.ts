import { expect, test } from 'vitest';
import { Ledger } from '../../../functions/deliveries/ledger.ts';
import { outcomes } from '../../../functions/deliveries/reader-batch.ts';
import { Table } from '../../../functions/platform/table.ts';
import { DigestWorkers } from '../../mail/pace/digest-workers.ts';
import { SimulatedAccount, start } from '../../mail/pace/simulated-account.ts';
import { digestId } from '../../support/delivery-services.ts';

/** What the ledger would have to find out if every worker died now: claimed readers of whom SES was never asked. */
async function inDoubt(account: SimulatedAccount, batches: number) {
  const asked = new Set(account.asked.map(({ to }) => to));
  const ledger = new Ledger(new Table({ send: async (command: object) => account.database.execute(command) } as never, 'Table'));
  const messages = Array.from({ length: batches }, (_, batch) => ({ digest: digestId, shard: 'a', batch }));
  const claimed = (await ledger.readMany(messages)).filter(({ state }) => state === 'claimed');
  return claimed.flatMap(({ readers, outcomes: letters }) =>
    readers.filter((id, n) => letters[n] === outcomes.open && !asked.has(`${Number(id.slice(1))}@example.org`)),
  ).length;
}

test.each([
  { rate: 14, workers: 2 },
  { rate: 100, workers: 1 },
  { rate: 100, workers: 4 },
  { rate: 500, workers: 2 },
])('at $rate a second a kill of $workers workers leaves at most fifty readers each in doubt, at any moment', async ({ rate, workers }) => {
  const account = new SimulatedAccount(rate, rate + workers);
  const digest = new DigestWorkers(account);
  const readers = rate * 12;
  await digest.plan(readers);
  digest.start(workers);

  const counts: number[] = [];
  for (let at = start + 500; at < start + 8_000; at += 97) {
    await account.scheduler.runUntil(at);
    counts.push(await inDoubt(account, Math.ceil(readers / 50)));
  }

  expect(Math.max(...counts)).toBeGreaterThan(0);
  // What has begun leaves when the process is through with its garbage, in 40 ms at most.
  expect(Math.max(...counts)).toBeLessThanOrEqual(50 * workers + Math.ceil(0.04 * rate));
});
