/** The most of these moments, in order, that lie within any span of so many milliseconds. */
export function busiest(moments: readonly number[], milliseconds: number): number {
  let most = 0;
  for (let first = 0, last = 0; last < moments.length; last += 1) {
    while ((moments[last] ?? 0) - (moments[first] ?? 0) >= milliseconds) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
