import type { Html } from '../../platform/html.ts';

/** A Lambda answers with at most 6 MB, and markup that is escaped in XML or JSON takes up to twice its room. */
const mostBytes = 3_000_000;

/** Each in full while the answer has room, then in short: nothing is left out. */
export function withinBudget<Thing>(
  things: readonly Thing[],
  full: (thing: Thing, n: number) => Html,
  short: (thing: Thing, n: number) => Html,
): Html[] {
  let left = mostBytes;
  return things.map((thing, n) => {
    const whole = full(thing, n);
    const bytes = Buffer.byteLength(whole.markup);
    if (bytes > left) return short(thing, n);
    left -= bytes;
    return whole;
  });
}
