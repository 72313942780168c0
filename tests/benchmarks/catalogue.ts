type Benchmark = {
  script: string;
  /** Whether a quick run of all benchmarks has it. */
  quick: boolean;
  /** Not part of a run of all benchmarks. */
  onlyByName?: boolean;
};

/** Every benchmark by the name that `npm run bench -- NAME` knows it by. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  reading: { script: 'reading-benchmark.ts', quick: true },
  fill: { script: 'fill-benchmark.ts', quick: true },
  sending: { script: 'sending/sending-benchmark.ts', quick: true },
  planning: { script: 'planning-benchmark.ts', quick: true },
  report: { script: 'report-benchmark.ts', quick: true },
  memory: { script: 'memory-benchmark.ts', quick: true },
  schedule: { script: 'schedule-benchmark.ts', quick: true },
  bill: { script: 'bill/bill-benchmark.ts', quick: true },
  import: { script: 'imports/import-benchmark.ts', quick: true },
  statistics: { script: 'statistics-benchmark.ts', quick: false },
  launch: { script: 'launch-benchmark.ts', quick: false },
  archive: { script: 'archive-benchmark.ts', quick: false },
  // Counts functions on a local run, which takes minutes and judges nothing.
  concurrency: { script: 'concurrency-benchmark.ts', quick: false, onlyByName: true },
  // Draws the pictures of `docs/` instead of judging anything.
  plots: { script: 'plots/plots-benchmark.ts', quick: false, onlyByName: true },
};

export const benchUsage = `npm run bench   all of them, 45 minutes; -- --quick in one
npm run bench -- NAME …   one of ${Object.keys(benchmarks).join(', ')}, with the arguments that it takes; or several`;

export class UnknownBenchmark extends Error {}

/**
 * Which benchmarks a command line asks for, and what one alone is handed on. A name that is misspelt must not become a run of
 * all of them.
 */
export function askedBenchmarks(words: readonly string[]): { names: string[]; rest: string[]; all: boolean } {
  const firstOption = words.findIndex((word) => /^(-|\d)/.test(word));
  const names = words.slice(0, firstOption < 0 ? words.length : firstOption);
  const rest = words.slice(names.length);
  for (const name of names) if (!benchmarks[name]) throw new UnknownBenchmark(`There is no benchmark "${name}".`);
  const strange = names.length === 1 ? undefined : rest.find((word) => word !== '--quick');
  if (strange) throw new UnknownBenchmark(`"${strange}" is for one benchmark, which has to be named.`);
  const quick = rest.includes('--quick');
  const usual = Object.entries(benchmarks).filter(([, { quick: inQuick, onlyByName }]) => !onlyByName && (inQuick || !quick));
  return names.length > 0 ? { names, rest, all: false } : { names: usual.map(([name]) => name), rest, all: true };
}
