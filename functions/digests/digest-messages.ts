import * as z from 'zod';
import { shardName } from '../platform/keys.ts';

/** Asks for one digest: of a slot of the schedule, or of an issue on its own. It comes again when a hold period may be over. */
export const RunDigestMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slot'), scheduledTime: z.iso.datetime() }),
  z.object({ kind: z.literal('issue'), digest: z.string(), slug: z.string(), scheduledTime: z.iso.datetime() }),
]);
export type RunDigestMessage = z.infer<typeof RunDigestMessage>;

/** Asks for one shard's batches to be planned. `told`: the wake-ups of so many batches are certainly on their way. */
export const PlanMessage = z.object({
  kind: z.literal('plan'),
  digest: z.string(),
  shard: z.string().regex(shardName),
  told: z.number().int().min(0).default(0),
});
export type PlanMessage = z.infer<typeof PlanMessage>;
export const planMessage = (digest: string, shard: string, told = 0): PlanMessage => ({ kind: 'plan', digest, shard, told });
