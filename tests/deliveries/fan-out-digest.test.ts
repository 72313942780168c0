import { afterEach, beforeEach, expect, test } from 'vitest';
import { fanOutDigest, type WalkedReader } from '../../functions/deliveries/fan-out-digest.ts';
import { finishIfComplete } from '../../functions/deliveries/finish-digest.ts';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import type { OrderMessage } from '../../functions/deliveries/order.ts';
import type { FanOutMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { shards } from '../../functions/platform/keys.ts';
import { noCalls } from '../../functions/platform/metering/aws-calls.ts';
import type { Table } from '../../functions/platform/table.ts';
import { digestId, FakeQueue, openDigest, readerId } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(() => stop());

const plenty = () => 100_000;

/** A shard of readers whose walk can be changed or broken off by the test. */
function fanOutServices(readers: WalkedReader[]) {
  const [digests, ledger] = [new DigestStore(table), new Ledger(table)];
  const issues = { markSent: async () => undefined, release: async () => undefined };
  return {
    readers,
    digests,
    ledger,
    orders: new FakeQueue<OrderMessage>(),
    fanOut: new FakeQueue<FanOutMessage>(),
    spent: () => ({ ...noCalls }),
    finishIfComplete: async (id: string) => finishIfComplete(id, { digests, issues, ledger, now: () => new Date() }),
    subscribers: {
      async *confirmedIn(_shard: string, { after = '' }: { after?: string }) {
        for (const reader of readers.filter(({ id }) => id > after)) yield reader;
      },
    },
  };
}

const shardOfReaders = (count: number, confirmed: (n: number) => boolean = () => true): WalkedReader[] =>
  Array.from({ length: count }, (_, n) => ({ id: readerId(n + 1), confirmed: confirmed(n + 1) }));

async function planned(ledger: Ledger) {
  const entries = await Array.fromAsync(ledger.entries(digestId, 'a'));
  return entries.map(({ order }) => order);
}

test('every confirmed reader of a shard is in exactly one order, in key order, and nobody else is', async () => {
  const services = fanOutServices(shardOfReaders(173, (n) => n % 7 !== 0));

  await fanOutDigest({ digest: digestId, shard: 'a' }, services, plenty);

  const orders = await planned(services.ledger);
  expect(orders.flatMap(({ readers }) => readers)).toEqual(services.readers.filter(({ confirmed }) => confirmed).map(({ id }) => id));
  expect(orders.map(({ readers }) => readers.length)).toEqual([50, 50, 49]);
  expect(services.orders.messages).toHaveLength(3);
});

test('two copies of the message, the second with other readers on its page, plan nobody twice and lose nobody', async () => {
  const first = fanOutServices(shardOfReaders(120));
  await fanOutDigest({ digest: digestId, shard: 'a' }, first, plenty);
  const without = new Set([readerId(3), readerId(4), readerId(5)]);
  const second = fanOutServices(first.readers.filter(({ id }) => !without.has(id)));

  await fanOutDigest({ digest: digestId, shard: 'a' }, second, plenty);

  const readers = (await planned(first.ledger)).flatMap((order) => order.readers);
  expect(new Set(readers).size).toBe(readers.length);
  expect(readers).toHaveLength(120);
});

test('two copies at once, one of which sees fewer readers, still plan everybody exactly once', async () => {
  const all = shardOfReaders(260);
  const left = new Set([2, 60, 61, 150].map((n) => readerId(n)));
  const one = fanOutServices(all);
  const other = fanOutServices(all.filter(({ id }) => !left.has(id)));

  await Promise.all([one, other].map((services) => fanOutDigest({ digest: digestId, shard: 'a' }, services, plenty)));

  const readers = (await planned(one.ledger)).flatMap((order) => order.readers);
  expect(new Set(readers).size).toBe(readers.length);
  for (const { id } of all.filter((reader) => !left.has(reader.id))) expect(readers).toContain(id);
});

test('a walk that runs out of time hands over, and its successor wakes every planned order again', async () => {
  const services = fanOutServices(shardOfReaders(200));
  let calls = 0;

  const first = await fanOutDigest({ digest: digestId, shard: 'a' }, services, () => (++calls < 2 ? 100_000 : 5_000));
  const woken = services.orders.messages.splice(0).length;
  const second = await fanOutDigest(services.fanOut.messages[0] ?? { digest: '', shard: '' }, services, plenty);

  expect([first, second]).toEqual(['handed_over', 'planned']);
  expect(woken).toBe(2);
  expect(services.orders.messages).toHaveLength(4);
});

test('an empty shard is told as finished', async () => {
  const services = fanOutServices([]);

  await fanOutDigest({ digest: digestId, shard: 'a' }, services, plenty);

  expect([...(await services.ledger.fannedOut(digestId)).keys()]).toEqual(['a']);
});

test('an order of fifty readers stays about a kilobyte, so that planning and claiming cost one write unit', async () => {
  const services = fanOutServices(shardOfReaders(50));
  await fanOutDigest({ digest: digestId, shard: 'a' }, services, plenty);

  const order = await services.ledger.claim({ digest: digestId, shard: 'a', order: 0 }, 'AbCdEfGh', Date.now());
  const item = await table.get({ pk: `DIGEST#${digestId}#a`, sk: 'ORDER#000000' });

  expect(order?.readers).toHaveLength(50);
  expect(itemSize(item ?? {})).toBeLessThanOrEqual(1_024);
});

test('a digest that nobody is to get is done when its last shard has been walked', async () => {
  const services = fanOutServices([]);

  for (const shard of shards) await fanOutDigest({ digest: digestId, shard }, services, plenty);

  expect(await services.digests.find(digestId)).toMatchObject({ phase: 'done', receipt: { audience: 0, open: 0 } });
});

/** As DynamoDB counts: names and text by their bytes, numbers by about half their digits and one. */
const itemSize = (item: Record<string, unknown>) =>
  Object.entries(item).reduce((sum, [name, value]) => {
    const size =
      value instanceof Uint8Array
        ? value.length
        : typeof value === 'number'
          ? Math.ceil(String(value).length / 2) + 1
          : String(value).length;
    return sum + name.length + size;
  }, 0);
