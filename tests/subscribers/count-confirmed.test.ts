import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { keys, shardOf, shardsOf } from '../../functions/platform/keys.ts';
import { confirmedAbout, confirmedPerShard } from '../../functions/subscribers/count-confirmed.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { startTable } from '../support/dynamodb.ts';

test('readers are counted shard by shard, whatever the number of shards, and about how many there are by a few partitions', async () => {
  const { table, stop } = await startTable();
  const ids = Array.from({ length: 2_000 }, (_, n) => createHash('sha256').update(`reader ${n}`).digest('hex').slice(0, 32));
  const confirmedAt = (n: number) => (n % 4 === 0 ? '2026-11-20T00:00:00.000Z' : '2026-11-01T00:00:00.000Z');
  await Promise.all(ids.map((id, n) => table.put({ ...keys.subscriber(id), state: 'confirmed', confirmedAt: confirmedAt(n) })));
  const early = { until: '2026-11-10T00:00:00.000Z' };
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

  const in32 = await confirmedPerShard({ ...early, shards: 32 }, table);
  const in16 = await confirmedPerShard(early, table);
  const late = await confirmedPerShard({ until: '2026-11-27T00:00:00.000Z', after: early.until }, table);

  expect([sum(in16), sum(in32), sum(late)]).toEqual([1_500, 1_500, 500]);
  expect(in32).toEqual(shardsOf(32).map((shard) => ids.filter((id, n) => n % 4 !== 0 && shardOf(id, 32) === shard).length));
  expect(Math.abs((await confirmedAbout(early.until, table)) - 1_500)).toBeLessThan(1_000);
  await stop();
});

test.each([16, 64, 256] as const)('a walk over each of %i shards meets everybody once, in the order of the ids', async (count) => {
  const { table, stop } = await startTable();
  const ids = Array.from({ length: 600 }, (_, n) => createHash('sha256').update(`reader ${n}`).digest('hex').slice(0, 32));
  await Promise.all(ids.map((id) => table.put({ ...keys.subscriber(id), state: 'confirmed', confirmedAt: '2026-11-01T00:00:00.000Z' })));
  const store = new SubscriberStore(table);

  const met: string[] = [];
  for (const shard of shardsOf(count))
    for await (const { id } of store.confirmedIn(shard, { frozenAt: '2026-11-27T00:00:00.000Z', shards: count })) met.push(id);

  expect(met).toEqual(ids.sort());
  await stop();
});
