import type { Digest } from '../../digests/digest.ts';
import { maySendSome } from '../../digests/hold.ts';
import { minutesAfter } from '../../platform/clock.ts';
import { isUnfinished, type Segment } from './segments.ts';

const everyMinutes = 5;

/**
 * Whether a segment that nobody has marked is summed again all the same: a worker may have died between its write and its mark. That
 * leaves positions open or unknown which are so no longer. While a digest does not send, nobody writes to what has not been begun.
 */
export function isDue(segment: Segment, digest: Digest, now: Date): boolean {
  if (!isUnfinished(segment) || minutesAfter(new Date(segment.foldedAt), everyMinutes) > now) return false;
  return maySendSome(digest) || (segment.sums?.counts.open ?? 0) < (segment.sums?.readers ?? 0);
}
