/** Values from `least` to `most`, and where along them a line is drawn and named. */
export type Scale = { least: number; most: number; ticks: number[] };

/** How many times the next longest a bar must be to be torn. */
const tornFrom = 4;
/** As many bars may be torn: with more of them, long is what is usual. */
const mostTorn = 2;

/**
 * As far as a scale has to reach for these bars: one or two that are far longer than all others, such as a list that was
 * imported in one day, would press the rest flat, and are torn instead.
 */
export function reachOf(lengths: readonly number[]): number {
  const [first = 0, second = 0, third = 0] = lengths.toSorted((one, other) => other - one);
  if (second > 0 && first > tornFrom * second) return second;
  if (mostTorn > 1 && third > 0 && second > tornFrom * third) return third;
  return first;
}

/** Round steps, at most `steps` of them: 1, 2 or 5 of a power of ten, and never a part of a reader. */
export function stepFor(span: number, steps: number): number {
  const rough = Math.max(1, span / steps);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= rough) ?? 10 * power;
}

/** Of a line. It begins at nought, unless all of it lies so far above that nothing would be seen of its ups and downs. */
export function lineScale(values: readonly number[], steps = 4): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values, 1)];
  const fromNought = values.length < 2 || low < high / 3;
  const step = stepFor(fromNought ? high : Math.max(high - low, high / 40), steps);
  const least = fromNought ? 0 : Math.max(0, Math.floor(low / step) * step);
  const most = Math.max(Math.ceil(high / step), least / step + 1) * step;
  const ticks = Array.from({ length: Math.round((most - least) / step) + 1 }, (_, n) => least + n * step);
  return { least, most, ticks };
}
