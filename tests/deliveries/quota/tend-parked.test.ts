import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import { openBatches } from '../../../functions/deliveries/open-batches.ts';
import { tendParked } from '../../../functions/deliveries/quota/tend-parked.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planBatch } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(() => stop());

/** A digest of 50 that parked after its first 20, at 09:00:10 where the account's quota is 1,000. */
async function parked() {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 50);
  let left = 20;
  const { reserve } = services.pace;
  services.pace.reserve = async (wanted) => {
    const permits = await reserve(Math.max(1, Math.min(wanted, left)));
    const granted = permits === 'unreachable' ? [] : permits.slice(0, left);
    left -= granted.length;
    return granted;
  };
  await deliver(message, services, () => 100_000);
  const look = async (sentLast24Hours: number, max24HourSend = 1_000) => {
    const digest = await services.store.find(digestId);
    if (!digest) throw new Error('no digest');
    const quota = async () => ({ maxSendRate: 14, max24HourSend, sentLast24Hours });
    const open = await openBatches(digest, services.ledger);
    await tendParked(digest, open, { digests: services.store, ledger: services.ledger, quota, now: services.now });
    return services.store.find(digestId);
  };
  return { ...services, look };
}

test('a digest that has used up its part of the quota parks, with the rest of its readers open', async () => {
  const { mailer, store, ledger } = await parked();

  expect(mailer.recipients).toHaveLength(20);
  expect([...((await store.find(digestId))?.holds ?? [])]).toEqual(['quota']);
  expect((await ledger.openBatches(digestId, 10))[0]?.outcomes.filter((letter) => letter === '.')).toHaveLength(30);
});

test.each([
  ['29 free, and 30 are left of it', 921, 1_000, true],
  ['30 free, and 30 are left of it', 920, 1_000, false],
  ['9 free of 100, less than a tenth', 86, 100, true],
  ['10 free of 100, a tenth', 85, 100, false],
  ['nothing free but what is kept for confirmations', 950, 1_000, true],
  ['no limit at all', 5_000, -1, false],
])('with %s it stays parked or goes on', async (_, sent, quota, stays) => {
  const { look } = await parked();

  expect((await look(sent, quota))?.holds.has('quota')).toBe(stays);
});

test('it says by when its own first mails are a day old, if they make room for what is left', async () => {
  const { look } = await parked();

  const digest = await look(930);

  expect(digest?.parkedUntil).toBe('2026-11-28T01:00:10.000Z');
});

test('where its own mails make too little room it says a day, and no more once it goes on', async () => {
  const services = await parked();
  services.time.now += 3_600_000;

  const told = (await services.look(950))?.parkedUntil;
  const later = await services.look(100);

  expect(told).toBe('2026-11-28T02:00:10.000Z');
  expect(later?.parkedUntil).toBeUndefined();
});
