import * as z from 'zod';

/** Asks `run-digest` for one digest: of a slot of the weekly schedule, or of an issue on its own. */
export const RunDigestMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('occurrence'), scheduledTime: z.iso.datetime() }),
  z.object({ kind: z.literal('issue'), slug: z.string(), scheduledTime: z.iso.datetime().optional() }),
]);
export type RunDigestMessage = z.infer<typeof RunDigestMessage>;

/** Asks `fan-out` to plan one shard's orders. */
export const FanOutMessage = z.object({ digest: z.string(), shard: z.string().regex(/^[0-9a-f]$/) });
export type FanOutMessage = z.infer<typeof FanOutMessage>;
