import * as z from 'zod';
import { shardName } from '../../platform/keys.ts';

const Place = z.object({ shard: z.string().regex(shardName), segment: z.number().int().min(0) });

/** A segment whose sums were wrong, and its mark by then. */
const DoubtedSegment = Place.extend({ mark: z.number().int() });

/** Asks for a digest's segments to be summed from nothing: behind `after`, or only those that were doubted a while ago. */
export const VerifyMessage = z.object({
  kind: z.literal('verify-sums'),
  digest: z.string(),
  after: Place.optional(),
  doubted: z.array(DoubtedSegment).max(100).optional(),
});
export type VerifyMessage = z.infer<typeof VerifyMessage>;
export const verifyMessage = (digest: string): VerifyMessage => ({ kind: 'verify-sums', digest });
