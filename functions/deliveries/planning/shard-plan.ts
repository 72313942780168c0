import * as z from 'zod';
import { type AwsCalls, callsFrom } from '../../platform/metering/aws-calls.ts';

/** What the walk over a shard planned, when it came to its end (milliseconds since 1970), and what it asked of AWS. */
export type ShardPlan = { batches: number; readers: number; endedAt: number; calls?: AwsCalls | undefined };

export const StoredShardPlan = z.object({
  batches: z.number().int(),
  readers: z.number().int(),
  endedAt: z.number().default(0),
  calls: z.string().transform(callsFrom).optional(),
});
