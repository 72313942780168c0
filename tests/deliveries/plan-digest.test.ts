import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishIfComplete } from '../../functions/deliveries/finish-digest.ts';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { planDigest, type WalkedReader } from '../../functions/deliveries/plan-digest.ts';
import type { BatchMessage } from '../../functions/deliveries/reader-batch.ts';
import { type PlanMessage, planMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { keys, shards } from '../../functions/platform/keys.ts';
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
function planningServices(readers: WalkedReader[]) {
  const [digests, ledger] = [new DigestStore(table), new Ledger(table)];
  const issues = { archive: async () => undefined, markSent: async () => undefined, release: async () => undefined };
  return {
    readers,
    digests,
    ledger,
    batches: new FakeQueue<BatchMessage>(),
    plans: new FakeQueue<PlanMessage>(),
    spent: () => ({ ...noCalls }),
    now: () => new Date(),
    finishIfComplete: async (id: string) =>
      finishIfComplete(id, { digests, issues, ledger, announce: async () => undefined, now: () => new Date() }),
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
  return entries.map(({ batch }) => batch);
}

test('every confirmed reader of a shard is in exactly one batch, in key order, and nobody else is', async () => {
  const services = planningServices(shardOfReaders(173, (n) => n % 7 !== 0));

  await planDigest(planMessage(digestId, 'a'), services, plenty);

  const batches = await planned(services.ledger);
  expect(batches.flatMap(({ readers }) => readers)).toEqual(services.readers.filter(({ confirmed }) => confirmed).map(({ id }) => id));
  expect(batches.map(({ readers }) => readers.length)).toEqual([50, 50, 49]);
  expect(services.batches.messages).toHaveLength(3);
});

test('two copies of the message, the second with other readers on its page, plan nobody twice and lose nobody', async () => {
  const first = planningServices(shardOfReaders(120));
  await planDigest(planMessage(digestId, 'a'), first, () => 0);
  const without = new Set([readerId(3), readerId(4), readerId(5)]);
  const second = planningServices(first.readers.filter(({ id }) => !without.has(id)));

  await planDigest(planMessage(digestId, 'a'), second, plenty);

  const readers = (await planned(first.ledger)).flatMap((batch) => batch.readers);
  expect(new Set(readers).size).toBe(readers.length);
  expect(readers).toHaveLength(120);
});

test('a copy of the message for a shard that is planned costs two reads, and wakes nobody', async () => {
  const services = planningServices(shardOfReaders(250));
  await planDigest(planMessage(digestId, 'a'), services, plenty);
  const asked: string[] = [];
  const send = table.client.send.bind(table.client);
  table.client.send = ((command: object) => {
    asked.push(command.constructor.name);
    return send(command as never);
  }) as never;
  services.finishIfComplete = async () => 'open';

  const end = await planDigest(planMessage(digestId, 'a'), services, plenty);

  expect(end).toBe('planned_before');
  expect(asked).toEqual(['GetItemCommand', 'GetItemCommand']);
  expect(services.batches.messages).toHaveLength(5);
});

test('of two copies at once, one of which sees fewer readers, one goes on at least, and everybody is planned exactly once', async () => {
  const all = shardOfReaders(260);
  const left = new Set([2, 60, 61, 150].map((n) => readerId(n)));
  const one = planningServices(all);
  const other = planningServices(all.filter(({ id }) => !left.has(id)));

  const ends = await Promise.all([one, other].map((services) => planDigest(planMessage(digestId, 'a'), services, plenty)));
  // One that comes when the other has written its last batch finds nothing left.
  expect(ends).toContain('planned');
  expect(['left_to_another', 'planned', 'planned_before']).toEqual(expect.arrayContaining(ends));

  const readers = (await planned(one.ledger)).flatMap((batch) => batch.readers);
  expect(new Set(readers).size).toBe(readers.length);
  for (const { id } of all.filter((reader) => !left.has(reader.id))) expect(readers).toContain(id);
});

test('a turn whose time is over hands over, and the next one goes on behind the last batch, without waking anybody twice', async () => {
  const walks: (string | undefined)[] = [];
  const services = planningServices(shardOfReaders(200));
  const { confirmedIn } = services.subscribers;
  services.subscribers.confirmedIn = (shard, walk) => {
    walks.push(walk.after);
    return confirmedIn(shard, walk);
  };
  let calls = 0;

  const first = await planDigest(planMessage(digestId, 'a'), services, () => (++calls < 2 ? 100_000 : 0));
  const woken = services.batches.messages.splice(0).length;
  const second = await planDigest(services.plans.messages[0] ?? planMessage('', 'a'), services, plenty);

  expect([first, second]).toEqual(['handed_over', 'planned']);
  expect(woken).toBe(2);
  expect(walks).toEqual([undefined, readerId(100)]);
  expect(services.batches.messages.map(({ batch }) => batch)).toEqual([2, 3]);
  expect((await services.ledger.plannedShards(digestId)).get('a')).toMatchObject({ batches: 4, readers: 200 });
});

test('what a worker that died had planned is woken before anything else is planned: the last hundred that are still planned', async () => {
  const services = planningServices(shardOfReaders(50 * 104 + 7));
  const { plan } = services.ledger;
  services.ledger.plan = async (batch) => {
    if (batch.batch === 103) throw new Error('the worker died');
    return plan.call(services.ledger, batch);
  };
  await planDigest(planMessage(digestId, 'a'), services, plenty);
  services.batches.messages.splice(0);
  await expect(planDigest(planMessage(digestId, 'a', 100), services, plenty)).rejects.toThrow('the worker died');
  expect(services.batches.messages).toEqual([]);

  await services.ledger.claim({ digest: digestId, shard: 'a', batch: 90 }, 'AbCdEfGh', Date.now() + 60_000);
  await expect(planDigest(planMessage(digestId, 'a'), services, plenty)).rejects.toThrow('the worker died');

  const woken = services.batches.messages.map(({ batch }) => batch);
  expect(woken).toEqual(Array.from({ length: 100 }, (_, n) => n + 3).filter((n) => n !== 90));
});

test('a shard of any size is planned in turns of one batch each', async () => {
  const services = planningServices(shardOfReaders(50 * 104 + 7));
  let turns = 1;
  while ((await planDigest(planMessage(digestId, 'a'), services, () => 0)) === 'handed_over') turns += 1;

  expect(turns).toBe(105);
  expect(services.plans.messages).toHaveLength(104);
  const batches = await planned(services.ledger);
  expect(batches.flatMap(({ readers }) => readers)).toEqual(services.readers.map(({ id }) => id));
  expect((await services.ledger.plannedShards(digestId)).get('a')).toMatchObject({ batches: 105, readers: 5_207 });
});

test('before its issues are frozen, and with them the number of its shards, nothing of a digest is planned', async () => {
  await table.update(keys.digest(digestId), { set: 'REMOVE issues' });
  const services = planningServices(shardOfReaders(50));

  expect(await planDigest(planMessage(digestId, 'a'), services, plenty)).toBe('not_frozen');
  expect(await planned(services.ledger)).toEqual([]);
});

test('an empty shard is told as finished', async () => {
  const services = planningServices([]);

  await planDigest(planMessage(digestId, 'a'), services, plenty);

  expect([...(await services.ledger.plannedShards(digestId)).keys()]).toEqual(['a']);
});

test('a batch of fifty readers stays about a kilobyte, so that planning and claiming cost one write unit', async () => {
  const services = planningServices(shardOfReaders(50));
  await planDigest(planMessage(digestId, 'a'), services, plenty);

  const batch = await services.ledger.claim({ digest: digestId, shard: 'a', batch: 0 }, 'AbCdEfGh', Date.now());
  const item = await table.get({ pk: `DIGEST#${digestId}#a`, sk: 'BATCH#000000' });

  expect(batch?.readers).toHaveLength(50);
  expect(itemSize(item ?? {})).toBeLessThanOrEqual(1_024);
});

test('a digest that nobody is to get is done when its last shard has been walked', async () => {
  const services = planningServices([]);

  for (const shard of shards) await planDigest(planMessage(digestId, shard), services, plenty);

  expect(await services.digests.find(digestId)).toMatchObject({ phase: 'done', report: { audience: 0, open: 0 } });
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
