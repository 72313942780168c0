import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../functions/deliveries/deliver.ts';
import { receiptOf } from '../../functions/deliveries/receipt/receipt.ts';
import { type WatchServices, watchDigests } from '../../functions/deliveries/watch-digests.ts';
import type { Table } from '../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planOrder } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';
import { watchServices } from '../support/watch-services.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const tick = new Date('2026-11-27T01:07:00Z');
const plenty = () => 100_000;

function aWatch() {
  const delivery = deliveryServices(table);
  const channel = { proven: false, askedSince: [] as number[] };
  const quota = { maxSendRate: 14, max24HourSend: 1_000, sentLast24Hours: 1_000 };
  const watch = {
    ...watchServices(delivery),
    quota: async () => quota,
    eventChannel: {
      carriesSince: async () => false,
      isProvenSince: async (since: number) => {
        channel.askedSince.push(since);
        return channel.proven;
      },
    },
    resendWithoutEvidence: 'after 30 minutes' as WatchServices['resendWithoutEvidence'],
  };
  return { ...watch, delivery, quotaNow: quota, channel };
}

test('the order of a worker that died is closed after its lease: what SES owned up to is submitted, the rest unknown', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await planOrder(services.ledger, 5);
  await services.ledger.claim(message, 'dead', services.now().getTime() + 180_000);
  await services.ledger.addEvidence(
    message,
    1,
    new Map([
      ['sent', [0]],
      ['bounced', [1]],
    ]),
  );

  await watchDigests(tick, services);
  const during = await receiptOf(digestId, services.ledger);
  services.delivery.time.now += 261_000;
  await watchDigests(tick, services);

  expect(during).toMatchObject({ submitted: 2, unknown: 0, open: 3 });
  expect((await services.digests.find(digestId))?.phase).toBe('done');
  expect((await services.digests.find(digestId))?.receipt).toMatchObject({ audience: 5, submitted: 2, unknown: 3, open: 0 });
});

test('planned orders whose messages were lost are woken again, but not while messages wait or the digest is held', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await planOrder(services.ledger, 5);

  await watchDigests(tick, services);
  expect(services.orders.messages).toEqual([message]);

  await watchDigests(tick, services);
  expect(services.orders.messages).toHaveLength(1);

  services.orders.messages.length = 0;
  await services.delivery.store.hold(digestId, 'editor');
  await watchDigests(tick, services);
  expect(services.orders.messages).toEqual([]);
});

test('a digest whose assembly or fan-out was lost is asked for again', async () => {
  await openDigest(table, { holds: new Set(['assembly']) });
  const services = aWatch();

  await watchDigests(tick, services);
  expect(services.runDigest.messages).toEqual([]);

  services.delivery.time.now += 121_000;
  await watchDigests(tick, services);
  expect(services.runDigest.messages).toEqual([{ kind: 'occurrence', scheduledTime: '2026-11-27T01:00:00.000Z' }]);

  await services.digests.release(digestId, 'assembly');
  await watchDigests(tick, services);
  expect(services.fanOut.messages).toHaveLength(16);
});

test('a cancelled digest ends order by order: who has it keeps it, the rest is skipped', async () => {
  await openDigest(table);
  const services = aWatch();
  const first = await planOrder(services.ledger, 50);
  await planOrder(services.ledger, 20, 1);
  await deliver(first, services.delivery, plenty);
  await services.delivery.store.hold(digestId, 'cancel');

  await watchDigests(tick, services);

  const digest = await services.digests.find(digestId);
  expect(digest?.phase).toBe('cancelled');
  expect(digest?.receipt).toMatchObject({ audience: 70, submitted: 50, skipped: { cancelled: 20 }, open: 0 });
});

test('a digest parked for the quota goes on once a tenth of it is free', async () => {
  await openDigest(table, { holds: new Set(['quota']) });
  const services = aWatch();
  await planOrder(services.ledger, 5);

  await watchDigests(tick, services);
  expect((await services.digests.find(digestId))?.holds).toContain('quota');

  services.quotaNow.sentLast24Hours = 890;
  await watchDigests(tick, services);
  expect((await services.digests.find(digestId))?.holds.size).toBe(0);
});

test('a digest is not done while a shard has not been walked to its end', async () => {
  await openDigest(table);
  const services = aWatch();
  await services.ledger.recordFanOut(digestId, '0', { orders: 0, readers: 0 });

  await watchDigests(tick, services);

  expect((await services.digests.find(digestId))?.phase).toBe('open');
});

/** An order whose worker died after SES had accepted two of five, long enough ago that its lease is over. */
async function withUnknowns(services: ReturnType<typeof aWatch>) {
  const message = await planOrder(services.ledger, 5);
  const claimed = await services.ledger.claim(message, 'dead', services.now().getTime() + 180_000);
  await services.ledger.addEvidence(message, claimed?.attempt ?? 0, new Map([['sent', [0, 1]]]));
  services.delivery.time.now += 261_000;
  await watchDigests(tick, services);
  return message;
}

const halfAnHour = 30 * 60_000 + 80_000;

test('half an hour later, with the channel proven, the unknown are planned again and nobody else is', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await withUnknowns(services);
  services.channel.proven = true;

  services.delivery.time.now += 10 * 60_000;
  await watchDigests(tick, services);
  const early = [...services.orders.messages];
  services.delivery.time.now += halfAnHour;
  await watchDigests(tick, services);
  await deliver(message, services.delivery, plenty);

  expect(early).toEqual([]);
  expect(services.delivery.mailer.recipients).toEqual([3, 4, 5].map((n) => `reader-${n}@example.org`));
  const digest = await services.digests.find(digestId);
  expect(digest).toMatchObject({ phase: 'done', receipt: { audience: 5, submitted: 5, unknown: 0, resent: 3, duplicated: 0 } });
});

test('without proof that events come, nothing is sent again, however long it takes', async () => {
  await openDigest(table);
  const services = aWatch();
  await withUnknowns(services);

  services.delivery.time.now += 10 * halfAnHour;
  await watchDigests(tick, services);

  expect(services.channel.askedSince).toHaveLength(1);
  expect(services.orders.messages).toEqual([]);
  expect((await services.digests.find(digestId))?.phase).toBe('done');
});

test('under never, the unknown wait for an event or for an editor’s word', async () => {
  await openDigest(table);
  const services = { ...aWatch(), resendWithoutEvidence: 'never' as const };
  const message = await withUnknowns(services);
  services.channel.proven = true;

  services.delivery.time.now += 10 * halfAnHour;
  await watchDigests(tick, services);
  const before = [...services.orders.messages];
  await services.delivery.store.sendToUnknown(digestId, services.now());
  await watchDigests(tick, services);

  expect(before).toEqual([]);
  expect(services.orders.messages).toEqual([message]);
});

test('evidence that comes late settles the unknown, and the digest is watched no longer', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await withUnknowns(services);
  await services.ledger.addEvidence(message, 1, new Map([['delivered', [2, 3, 4]]]));

  await watchDigests(tick, services);

  expect(await receiptOf(digestId, services.ledger)).toMatchObject({ submitted: 5, unknown: 0, resent: 0 });
  expect(await services.digests.openIds()).toEqual([]);
  expect(services.orders.messages).toEqual([]);
});

test('when SES owns up to both attempts after all, the receipt says so', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await withUnknowns(services);
  services.channel.proven = true;
  services.delivery.time.now += halfAnHour;
  await watchDigests(tick, services);
  await deliver(message, services.delivery, plenty);

  await services.ledger.addEvidence(message, 1, new Map([['sent', [2]]]));
  await services.ledger.addEvidence(message, 2, new Map([['sent', [2, 3, 4]]]));

  expect(await receiptOf(digestId, services.ledger)).toMatchObject({ audience: 5, submitted: 5, resent: 3, duplicated: 1 });
});

test('a digest in its hold period sends when the period is over', async () => {
  await openDigest(table, { holds: new Set(['hold period']), holdUntil: '2026-11-27T01:05:00.000Z' });
  const services = aWatch();
  const message = await planOrder(services.ledger, 5);

  await watchDigests(tick, services);
  const during = [...services.orders.messages];
  services.delivery.time.now += 5 * 60_000;
  await watchDigests(tick, services);

  expect(during).toEqual([]);
  expect(services.orders.messages).toEqual([message]);
});
