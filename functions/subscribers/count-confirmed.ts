import { keys, partitions, partitionsOf, type ShardCount, shardsOf } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';

/** Who is confirmed by now and was so by `until`, and not yet by `after`. */
export type Confirmed = { until: string; after?: string | undefined; shards?: ShardCount };

type Counting = Pick<Table, 'count'>;

/** How many, shard by shard: counted by DynamoDB, a moment late. */
export async function confirmedPerShard({ shards = 16, ...confirmed }: Confirmed, table: Counting): Promise<number[]> {
  const counts = new Map<string, number>();
  // Sixteen partitions are counted at a time, whatever the number of shards.
  const lanes = shardsOf(16).map(async (lane) => {
    for (const partition of partitionsOf(lane)) counts.set(partition, await confirmedIn(partition, confirmed, table));
  });
  await Promise.all(lanes);
  return shardsOf(shards).map((shard) => partitionsOf(shard, shards).reduce((sum, partition) => sum + (counts.get(partition) ?? 0), 0));
}

/** Four of the 256 partitions. */
const sampledEvery = 64;

/** About how many: counted in a few partitions, over which ids are evenly spread. */
export async function confirmedAbout(until: string, table: Counting): Promise<number> {
  const sample = partitions.filter((_, n) => n % sampledEvery === 0);
  const counts = await Promise.all(sample.map((partition) => confirmedIn(partition, { until }, table)));
  return counts.reduce((sum, count) => sum + count, 0) * sampledEvery;
}

const confirmedIn = (partition: string, { until, after }: Confirmed, table: Counting): Promise<number> =>
  table.count(keys.subscribersOf(partition), {
    expression: `#state = :confirmed AND confirmedAt <= :until${after === undefined ? '' : ' AND confirmedAt > :after'}`,
    names: { '#state': 'state' },
    values: { ':confirmed': 'confirmed', ':until': until, ...(after !== undefined && { ':after': after }) },
  });
