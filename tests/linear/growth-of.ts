import type { GrowingText } from './growing-text.ts';

/** Of this thread alone, so that a busy machine does not count; Linux tells it in steps of four milliseconds. */
async function cpuMs(call: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  try {
    const answer = await call();
    if (typeof answer === 'object' && answer !== null && Symbol.iterator in answer) for (const _ of answer as Iterable<unknown>);
  } catch {
    // A refusal, or what a reader says to a text that was never for it.
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

/** So many steps of the clock that one more or less says nothing. */
const measurable = 40;
const [smallest, largest] = [8_192, 131_072];
const exponent = (times: readonly number[]) => Math.log((times.at(-1) ?? 0) / Math.max(times[0] ?? 0, 4)) / Math.log(4);

/** The texts over which a call takes more than linear time, and to which power. */
export async function superLinear(call: (text: string) => unknown, texts: readonly (readonly [what: string, text: GrowingText])[]) {
  const found: string[] = [];
  for (const [what, text] of texts) {
    const growth = await growthOf(call, text);
    if (growth !== undefined && growth > mostGrowth) found.push(`${what}: length^${growth.toFixed(2)}`);
  }
  return found;
}

/** Linear time has 1, quadratic time 2; between them is the noise. */
export const mostGrowth = 1.5;

/**
 * To which power of a text's length the time grows, from a quarter of a length that can be measured. Undefined when even the longest text
 * takes less: what is quadratic takes longer there. The best of three tries, of the medians at n, 2n and 4n: noise only adds.
 */
export async function growthOf(call: (text: string) => unknown, text: GrowingText): Promise<number | undefined> {
  const at = async (size: number) => {
    const input = text(size);
    return cpuMs(() => call(input));
  };
  let size = smallest;
  let time = await at(size);
  while (time < measurable && size < largest) {
    size *= 2;
    time = await at(size);
  }
  if (time < measurable) return undefined;
  let best = exponent([await at(size / 4), time]);
  for (let tries = 0; tries < 3 && best > mostGrowth; tries += 1) {
    const medians: number[] = [];
    for (const each of [size / 4, size / 2, size]) {
      const times = [await at(each), await at(each), await at(each)].sort((a, b) => a - b);
      medians.push(times[1] ?? 0);
    }
    best = Math.min(best, exponent(medians));
  }
  return best;
}
