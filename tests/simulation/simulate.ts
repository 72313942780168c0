import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { faultNames } from './faults.ts';
import { type SeedResult, simulateSeed } from './simulate-seed.ts';
import { mutationsPage, tryMutations } from './try-mutations.ts';

/** The seeds `from`, `from + step` … below `to`, one after another; calls back with each result until told to stop. */
type Share = { from: number; to: number; step: number; untilViolated: boolean };

if (isMainThread) await main();
else await simulateShare(workerData as Share, (result) => parentPort?.postMessage(result));

async function main() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '500' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      trace: { type: 'boolean', default: false },
      mutations: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      'until-violated': { type: 'boolean', default: false },
    },
  });
  if (values.seed !== undefined) return replay(Number(values.seed), values.trace);
  const seeds = Number(values.seeds);
  const from = Number(values.from);
  if (values.mutations) return showMutations(seeds, values.only);
  const begun = performance.now();
  const results = await inParallel(from, from + seeds, values['until-violated']);
  const summary = summaryOf(results, (performance.now() - begun) / 1_000);
  console.log(values.json ? JSON.stringify(summary) : pageOf(summary));
  if (summary.violated.length > 0 || (seeds >= 500 && summary.uncovered.length > 0)) process.exitCode = 1;
}

async function showMutations(seeds: number, only?: string) {
  const { page, isGood } = mutationsPage(await tryMutations(seeds, only), seeds);
  console.log(page);
  if (!isGood) process.exitCode = 1;
}

async function replay(seed: number, trace: boolean) {
  const { violations } = await simulateSeed(seed, trace ? (line) => console.log(line) : undefined);
  for (const { invariant, what } of violations) console.log(`violated: ${invariant}: ${what}`);
  if (violations.length > 0) process.exitCode = 1;
  else console.log(`seed ${seed}: nothing violated`);
}

async function simulateShare({ from, to, step, untilViolated }: Share, report: (result: SeedResult) => void) {
  for (let seed = from; seed < to; seed += step) {
    const result = await simulateSeed(seed);
    report(result);
    if (untilViolated && result.violations.length > 0) return;
  }
}

async function inParallel(from: number, to: number, untilViolated: boolean): Promise<SeedResult[]> {
  const step = availableParallelism();
  const results: SeedResult[] = [];
  const workers = Array.from({ length: step }, (_, n) => {
    const share: Share = { from: from + n, to, step, untilViolated };
    return new Worker(new URL(import.meta.url), { workerData: share });
  });
  const shares = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        worker.on('message', (result: SeedResult) => {
          results.push(result);
          if (untilViolated && result.violations.length > 0) for (const each of workers) void each.terminate();
        });
        worker.on('error', reject);
        worker.on('exit', () => resolve());
      }),
  );
  await Promise.all(shares);
  return results.sort((a, b) => a.seed - b.seed);
}

type Summary = ReturnType<typeof summaryOf>;

function summaryOf(results: readonly SeedResult[], seconds: number) {
  const sum = (of: (result: SeedResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const faults = Object.fromEntries(faultNames.map((name) => [name, sum((result) => result.faults[name] ?? 0)]));
  return {
    seeds: results.length,
    seconds: Math.round(seconds),
    perSecond: Math.round((results.length / seconds) * 10) / 10,
    readers: sum(({ readers }) => readers),
    accepted: sum(({ accepted }) => accepted),
    steps: sum(({ steps }) => steps),
    faults,
    uncovered: faultNames.filter((name) => faults[name] === 0),
    violated: results.filter(({ violations }) => violations.length > 0).map(({ seed, violations }) => ({ seed, violations })),
  };
}

function pageOf({ faults, uncovered, violated, ...figures }: Summary) {
  const { seeds, seconds, perSecond, readers, accepted, steps } = figures;
  return [
    ...Object.entries(faults).map(([name, count]) => `${String(count).padStart(8)}  ${name}`),
    '',
    `${seeds} seeds in ${seconds} s (${perSecond}/s): ${readers} readers, ${accepted} mails, ${steps} events.`,
    uncovered.length > 0 ? `Faults that never struck: ${uncovered.join(', ')}.` : 'Every fault struck.',
    ...violated.flatMap(({ seed, violations }) =>
      violations.slice(0, 5).map(({ invariant, what }) => `seed ${seed}: ${invariant}: ${what}`),
    ),
    `${violated.length} violations.${violated[0] ? ` Replay: npm run simulate -- --seed ${violated[0].seed} --trace` : ''}`,
  ].join('\n');
}
