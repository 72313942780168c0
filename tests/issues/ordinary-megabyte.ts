import { read } from './reading-an-issue.ts';

/** On a machine with nothing beside it; what is measured as less was measured too well. */
const usualSeconds = 0.9;
const ordinary = 'A few words of an ordinary paragraph, a [link](https://a.example/b) and **bold** ones.\n\n'.repeat(11_900);

/**
 * CPU seconds that reading an ordinary megabyte takes here and now, by which hostile files are measured. Tests share processors, and
 * that costs each of them CPU time: what took 1.9 s alone took 4.4 s in CI.
 */
export function secondsOfOrdinaryMegabyte(): number {
  const times = [1, 2].map(() => {
    const before = process.cpuUsage();
    read(ordinary);
    return process.cpuUsage(before).user / 1_000_000;
  });
  return Math.max(usualSeconds, Math.min(...times));
}
