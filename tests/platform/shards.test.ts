import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shardsFor } from '../../functions/digests/shards-for.ts';
import { partitionOf, partitions, partitionsOf, shardCounts, shardName, shardOf, shardsOf } from '../../functions/platform/keys.ts';

const id = fc.stringMatching(/^[0-9a-f]{32}$/);

test.each(shardCounts)('of %i shards each covers its partitions, in the order of the keys, and together they cover all', (count) => {
  const shards = shardsOf(count);

  expect(shards).toHaveLength(count);
  expect([...shards].sort()).toEqual(shards);
  expect(shards.flatMap((shard) => partitionsOf(shard, count))).toEqual(partitions);
  for (const shard of shards) expect(shard).toMatch(shardName);
});

test('a reader is in the shard that covers their partition, whatever the number of shards', () => {
  fc.assert(
    fc.property(id, fc.constantFrom(...shardCounts), (reader, count) => {
      expect(partitionsOf(shardOf(reader, count), count)).toContain(partitionOf(reader));
    }),
  );
});

test.each([
  [0, 16],
  [30, 16],
  [1_000_000, 16],
  [1_000_001, 32],
  [4_000_000, 64],
  [10_000_000, 256],
  [50_000_000, 256],
])('%i readers are planned in %i shards', (audience, shards) => {
  expect(shardsFor(audience)).toBe(shards);
});
