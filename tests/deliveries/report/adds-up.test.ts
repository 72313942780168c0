import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import { keys } from '../../../functions/platform/keys.ts';
import { logger } from '../../../functions/platform/logger.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planBatch } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await stop();
});

const plenty = () => 100_000;
const keyOf = (batch: number) => keys.batch(digestId, 'a', batch);

/** A digest of two batches that went out, and a way to damage its items in the table. */
async function aSentDigest() {
  const services = deliveryServices(table);
  const messages = [await planBatch(services.ledger, 50), await planBatch(services.ledger, 12, 1)];
  for (const message of messages) await deliver(message, services, plenty);
  const set = (batch: number, name: string, value: unknown) =>
    table.update(keyOf(batch), { set: 'SET #name = :value', names: { '#name': name }, values: { ':value': value } });
  return { ...services, set };
}

test('what went out in good order adds up', async () => {
  const { ledger } = await aSentDigest();

  expect(await reportOf(digestId, ledger)).toMatchObject({ audience: 62, submitted: 62, addsUp: true, discrepancy: null });
});

test('a batch whose outcomes were cut short: the report says so, and counts its readers all the same', async () => {
  const { ledger, set } = await aSentDigest();
  await set(1, 'outcomes', 's'.repeat(10));

  expect(await reportOf(digestId, ledger)).toMatchObject({
    audience: 62,
    submitted: 60,
    addsUp: false,
    discrepancy: 'batch a#1 has 12 readers and 10 outcomes (and 1 more)',
  });
});

test('an outcome that means nothing is no outcome', async () => {
  const { ledger, set } = await aSentDigest();
  await set(1, 'outcomes', `${'s'.repeat(11)}x`);

  const { discrepancy } = await reportOf(digestId, ledger);

  expect(discrepancy).toContain('batch a#1 has 1 outcomes that mean nothing');
});

test('a batch that is gone took its readers with it, and the planning remembers how many there were', async () => {
  const { ledger } = await aSentDigest();
  await table.delete(keyOf(1));

  const { audience, discrepancy } = await reportOf(digestId, ledger);

  expect(audience).toBe(50);
  expect(discrepancy).toBe('shard a holds 50 readers in 1 batches, and 62 in 2 were planned');
});

test.each([
  ['a batch in the middle that is gone', async () => table.delete(keyOf(0)), 'a batch is missing before batch a#1'],
  [
    'a batch that leaves a gap in the walk over its shard',
    async () => table.update(keyOf(1), { set: 'SET #from = :from', names: { '#from': 'from' }, values: { ':from': `a${'9'.repeat(31)}` } }),
    'batch a#1 does not begin where the one before it ends',
  ],
])('%s is found', async (_, damage, words) => {
  const { ledger } = await aSentDigest();
  await damage();

  expect((await reportOf(digestId, ledger)).discrepancy).toContain(words);
});

test('events about mails that nobody planned are found', async () => {
  const { ledger } = await aSentDigest();
  await ledger.addEvidence({ digest: digestId, shard: 'a', batch: 1 }, 1, new Map([['delivered', [12]]]));

  expect((await reportOf(digestId, ledger)).discrepancy).toBe('SES tells of mails that batch a#1 does not have');
});

test('a digest that ends with numbers that do not add up says so, and counts to the metric that the alarm watches', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 5);
  await table.put({ ...keys.shardPlan(digestId, 'b'), batches: 1, readers: 7 });
  const errors = vi.spyOn(logger, 'error');
  const lines = vi.spyOn(logger, 'info');

  await deliver(message, services, plenty);

  const digest = await services.store.find(digestId);
  expect(digest).toMatchObject({ phase: 'done', report: { addsUp: false } });
  expect(errors.mock.calls.map(([words]) => words)).toEqual(['The numbers of a digest do not add up']);
  expect(lines.mock.calls).toEqual([['ReportDoesNotAddUp', expect.objectContaining({ ReportDoesNotAddUp: 1 })]]);
});
