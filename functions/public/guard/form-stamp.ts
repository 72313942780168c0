import { epochSeconds } from '../../platform/clock.ts';
import type { TokenRing } from '../../subscribers/token-ring.ts';
import { openText, sealText } from './sealed-text.ts';

const of = 'sign-up-form';
const day = 24 * 60 * 60;

/** A form older than this is asked to be sent once more: it may have been filled in by nobody for a long time. */
const longest = 2 * day;

/**
 * When a form was made, sealed. A page that caches keep must be the same for everybody and stay so, or its ETag would change
 * with every second: it bears the day alone, and how quickly it was filled in cannot be told.
 */
export const formStamp = (ring: TokenRing, now: Date, { cached = false } = {}) =>
  sealText(ring, of, String(cached ? epochSeconds(now) - (epochSeconds(now) % day) : epochSeconds(now)));

/** `too_quick`: sent sooner after it was made than a person can; `stale`: not ours, or of another day. */
export function judgeStamp(ring: TokenRing, stamp: string, { now, minimumSeconds }: { now: Date; minimumSeconds: number }) {
  const made = openText(ring, of, stamp);
  if (made === undefined) return 'stale';
  const age = epochSeconds(now) - Number(made);
  if (age > longest) return 'stale';
  return age < minimumSeconds ? 'too_quick' : 'fine';
}
