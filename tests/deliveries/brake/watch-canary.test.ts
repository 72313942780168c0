import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import { wakeOrders } from '../../../functions/deliveries/wake-orders.ts';
import { watchDigests } from '../../../functions/deliveries/watch-digests.ts';
import { isUnjudged } from '../../../functions/digests/canary.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import { shards } from '../../../functions/platform/keys.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { addressOf, deliveryServices, digestId, openDigest, readerId } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';
import { watchServices } from '../../support/watch-services.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const plenty = () => 100_000;
const minute = 60_000;

/** Two orders of fifty in each of shards 0 and 1; the canary is the first of each. */
async function withCanary({ address = addressOf } = {}) {
  await openDigest(table, {
    holds: new Set(['canary']),
    canary: { orders: 2, readers: 100, why: 'first digest' },
    startedAt: '2026-11-27T01:00:05.000Z',
  });
  const delivery = deliveryServices(table, { address });
  const { store, ledger, orders, now, time } = delivery;
  for (const shard of ['0', '1'])
    for (const order of [0, 1]) {
      const readers = Array.from({ length: 50 }, (_, n) => readerId(order * 50 + n + 1, shard));
      await ledger.plan({ digest: digestId, shard, order, readers, from: '', through: readers.at(-1) ?? '' });
    }
  const heard = { proven: true, probed: false };
  const eventChannel = { isProvenSince: async () => heard.proven, carriesSince: async () => heard.probed };
  const watch = { ...watchServices(delivery), eventChannel };
  const planned = () => Promise.all(shards.map((shard) => ledger.recordFanOut(digestId, shard, { orders: 0, readers: 0 })));
  const look = (afterMinutes = 0) => {
    time.now += afterMinutes * minute;
    return watchDigests(now(), watch);
  };
  /** Serves what was woken, and nothing else. */
  const work = async () => {
    for (const message of orders.messages.splice(0)) await deliver(message, delivery, plenty);
  };
  const holds = async () => [...((await store.find(digestId))?.holds ?? [])];
  return { ...delivery, planned, look, work, holds, heard };
}

test('while the canary is out alone, its orders may be claimed and no other', async () => {
  const { ledger, mailer, orders, work, planned, look, ...services } = await withCanary();
  await planned();
  for (const shard of ['0', '1']) for (const order of [1, 0]) orders.messages.push({ digest: digestId, shard, order });

  await work();
  await look();

  expect(mailer.recipients).toHaveLength(100);
  expect((await ledger.read({ digest: digestId, shard: '0', order: 1 }))?.attempt).toBe(0);
  expect(await services.holds()).toEqual(['canary']);
});

test('ten minutes after the canary was out the rest goes by itself', async () => {
  const { mailer, work, planned, look, holds, store, now } = await withCanary();
  await planned();

  await look();
  await work();
  await look();
  const until = (await store.find(digestId))?.canaryUntil;
  await look(9);
  await work();
  const meanwhile = mailer.recipients.length;
  await look(1);
  await work();
  await look();

  expect(until).toBe(new Date(now().getTime()).toISOString());
  expect([meanwhile, mailer.recipients.length]).toEqual([100, 200]);
  expect(new Set(mailer.recipients).size).toBe(100);
  expect(await holds()).toEqual([]);
  expect((await store.find(digestId))?.phase).toBe('done');
});

test('the ten minutes do not begin before every shard is planned and every order of the canary is settled', async () => {
  const { work, planned, look, store } = await withCanary();
  const until = async () => (await store.find(digestId))?.canaryUntil;

  await look();
  await work();
  await look(1);
  expect(await until()).toBeUndefined();

  await planned();
  await look(1);
  expect(await until()).toBeDefined();
});

test('the order of a canary whose worker died is closed, though a thousand others stand before it in the index', async () => {
  const { ledger, planned, look, work, store, now } = await withCanary();
  await planned();
  await ledger.claim({ digest: digestId, shard: '1', order: 0 }, 'dead', now().getTime() + 180_000);
  const index = ledger.openOrders.bind(ledger);
  ledger.openOrders = async (digest, limit) => (await index(digest, limit)).filter(({ shard }) => shard === '0');

  await look();
  await work();
  await look(5);
  await look();

  expect((await ledger.read({ digest: digestId, shard: '1', order: 0 }))?.state).toBe('settled');
  expect((await store.find(digestId))?.canaryUntil).toBeDefined();
});

test('ten minutes in which no event of SES comes through are no ten minutes without alarm: what comes later is judged first', async () => {
  const { ledger, planned, look, work, holds, heard, store, now, mailer } = await withCanary();
  await planned();
  heard.proven = false;
  await look();
  await work();
  await look();
  await look(11);
  const waiting = [await holds(), isUnjudged((await store.find(digestId)) as Digest, now())];
  await look(5);
  const unjudged = isUnjudged((await store.find(digestId)) as Digest, now());
  await ledger.addEvidence({ digest: digestId, shard: '0', order: 0 }, 1, new Map([['bounced', Array.from({ length: 10 }, (_, n) => n)]]));
  heard.proven = true;

  await look(1);
  await work();

  expect([...waiting, unjudged]).toEqual([['canary'], false, true]);
  expect([await holds(), mailer.recipients.length]).toEqual([['brake'], 100]);
});

test('where the queue of events is never empty, a probe that came back shows that they come', async () => {
  const { planned, look, work, holds, heard } = await withCanary();
  await planned();
  Object.assign(heard, { proven: false, probed: true });
  await look();
  await work();
  await look();

  await look(9);
  const before = await holds();
  await look(1);

  expect([before, await holds()]).toEqual([['canary'], []]);
});

test('a canary of which only readers held back are left is out: nobody else waits for them, and nothing keeps waking them', async () => {
  const { look, work, planned, store, mailer, orders } = await withCanary({
    address: (id) => addressOf(id).replace('example.org', 'qq.com'),
  });
  await planned();
  await store.holdBack(digestId, ['qq']);

  await look();
  await work();
  await look();
  const until = (await store.find(digestId))?.canaryUntil;

  expect(until).toBeDefined();
  expect([mailer.recipients, orders.messages]).toEqual([[], []]);
});

test('bounces of the canary hold the rest; an editor’s word lets it go, and the same bounces do not hold it again', async () => {
  const { ledger, mailer, planned, look, work, holds, store } = await withCanary();
  await planned();
  await look();
  await work();
  await ledger.addEvidence({ digest: digestId, shard: '0', order: 0 }, 1, new Map([['bounced', Array.from({ length: 10 }, (_, n) => n)]]));

  await look();
  expect(await holds()).toEqual(expect.arrayContaining(['brake', 'canary']));
  expect(await store.find(digestId)).toMatchObject({
    trip: { kind: 'bounced', count: 10, of: 100 },
    holdReason: '10 of 100 submitted bounced',
  });

  await look(11);
  await work();
  expect([await holds(), mailer.recipients.length]).toEqual([['brake'], 100]);

  await store.release(digestId, 'brake');
  await look();
  await work();
  expect(mailer.recipients).toHaveLength(200);
});

test('a canary that is paused goes on as a canary, and a cancelled digest ends', async () => {
  const { mailer, orders, planned, look, work, holds, store, ledger } = await withCanary();
  await planned();
  await store.hold(digestId, 'editor');
  await look();
  expect(orders.messages).toEqual([]);

  await store.release(digestId, 'editor');
  const digest = await store.find(digestId);
  if (digest) await wakeOrders(digest, { ledger, orders });
  expect(orders.messages).toHaveLength(2);
  await work();
  expect([mailer.recipients.length, await holds()]).toEqual([100, ['canary']]);

  await store.hold(digestId, 'cancel');
  await look();
  expect(await store.find(digestId)).toMatchObject({ phase: 'cancelled', receipt: { submitted: 100, skipped: { cancelled: 100 } } });
});
