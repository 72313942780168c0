import { type ShardCount, shardCounts } from '../platform/keys.ts';

/** Two minutes of planning, a batch after another. */
const readersPerShard = 62_500;

/** Few shards make few batches of a small list, since each shard's last one is seldom full; many are planned side by side. */
export const shardsFor = (audience: number): ShardCount => shardCounts.find((count) => audience <= count * readersPerShard) ?? 256;
