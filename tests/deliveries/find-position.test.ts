import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findPosition } from '../../functions/deliveries/find-position.ts';
import type { BatchMessage, ReaderBatch } from '../../functions/deliveries/reader-batch.ts';
import { shardCounts, shardOf, shardsOf } from '../../functions/platform/keys.ts';

const ids = Array.from({ length: 60_000 }, (_, n) => createHash('sha256').update(`reader ${n}`).digest('hex').slice(0, 32)).sort();

/** The batches of a digest that was planned in so many shards, and how often they are read. */
function planned(count: (typeof shardCounts)[number]) {
  const ledger = new Map<string, ReaderBatch[]>(shardsOf(count).map((shard) => [shard, []]));
  for (const [shard, readers] of Map.groupBy(ids, (id) => shardOf(id, count)))
    for (let n = 0; n * 50 < readers.length; n += 1) {
      const some = readers.slice(n * 50, n * 50 + 50);
      const before = ledger.get(shard)?.at(-1)?.through ?? '';
      ledger.get(shard)?.push({ digest: 'd', shard, batch: n, readers: some, from: before, through: some.at(-1) } as ReaderBatch);
    }
  const reads = { count: 0 };
  const looking = {
    lastBatch: async (_digest: string, shard: string) => (ledger.get(shard)?.length ?? 0) - 1,
    read: async ({ shard, batch }: BatchMessage) => {
      reads.count += 1;
      return ledger.get(shard)?.[batch];
    },
  };
  return { looking, reads };
}

test.each(shardCounts)(
  'with %i shards every reader is found at their place, in a few reads, and nobody who is not there',
  async (shards) => {
    const { looking, reads } = planned(shards);
    const digest = { id: 'd', shards };
    const some = ids.filter((_, n) => n % 97 === 0);

    for (const id of some) {
      const found = await findPosition(digest, [id], looking);
      expect(found?.batch.readers[found.position]).toBe(id);
    }

    expect(reads.count / some.length).toBeLessThan(4);
    expect(await findPosition(digest, ['f'.repeat(32), '0'.repeat(32), `8${'0'.repeat(30)}1`], looking)).toBeUndefined();
  },
);
