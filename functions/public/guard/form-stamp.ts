import { days, epochSeconds } from '../../platform/clock.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import { openSeal, seal } from '../../platform/sealing/seal.ts';

const daySeconds = days(1) / 1_000;

/** An older form is asked for again: nobody knows who filled it in, or when. */
const longestSeconds = 2 * daySeconds;

/**
 * When a form was made, sealed. A page that caches keep must be the same for everybody, or its ETag would change with every
 * second: its stamp has the day alone, and how quickly the form was filled in cannot be told.
 */
export function formStamp(ring: KeyRing, now: Date, { cached = false } = {}): string {
  const second = epochSeconds(now);
  return seal(ring, 'sign-up-form', String(cached ? second - (second % daySeconds) : second));
}

/** `too_quick`: sent sooner after it was made than a person can; `stale`: not ours, or older than two days. */
export function judgeStamp(ring: KeyRing, stamp: string, { now, minimumSeconds }: { now: Date; minimumSeconds: number }) {
  const made = openSeal(ring, 'sign-up-form', stamp)?.toString();
  if (made === undefined) return 'stale';
  const ageSeconds = epochSeconds(now) - Number(made);
  if (ageSeconds > longestSeconds) return 'stale';
  return ageSeconds < minimumSeconds ? 'too_quick' : 'fine';
}
