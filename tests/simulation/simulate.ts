import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { commandLine } from '../support/command-line.ts';
import { large } from './circumstances.ts';
import { noticedSeeds, withCounts, withNoticed } from './delivery-page.ts';
import { faultNames } from './faults.ts';
import { type SeedResult, simulateSeed } from './simulate-seed.ts';
import { mutationsPage, tryMutations } from './try-mutations.ts';

/** The seeds `from`, `from + step` … below `to`, one after another; calls back with each result until told to stop. */
type Share = { from: number; to: number; step: number; untilViolated: boolean; isLarge: boolean; lowest: Int32Array };

const usage = `npm run simulate -- --seeds 2000 --from 1       so many seeds, and which is the first (500, from 1)
npm run simulate -- --seed 184 --trace          one seed again, every step of it shown
npm run simulate -- --mutations --seeds 2000    faults put into the production code, each to be noticed
                    --only "sends again"        those whose name has these words
                    --large                     50,000 readers in each
                    --until-violated            ends at the lowest seed that violates something
                    --write                     the table of docs/delivery.md as well, of faults or of mutations
                    --json                      the figures as JSON`;

const file = 'docs/delivery.md';

if (isMainThread) await main();
else await simulateShare(workerData as Share, (result) => parentPort?.postMessage(result));

async function main() {
  const asked = commandLine({
    usage,
    counts: { seeds: 500, from: 1, seed: undefined },
    flags: ['trace', 'mutations', 'write', 'json', 'large', 'until-violated'],
    texts: ['only'],
  });
  const { seeds, from } = asked;
  if (asked.seed !== undefined) return replay(asked.seed, asked);
  if (asked.mutations) return showMutations(seeds, asked);
  const begun = performance.now();
  const results = await inParallel({ from, to: from + seeds, untilViolated: asked['until-violated'], isLarge: asked.large });
  const summary = summaryOf(results, (performance.now() - begun) / 1_000);
  console.log(asked.json ? JSON.stringify(summary) : pageOf(summary));
  if (asked.write) writeFileSync(file, withCounts(readFileSync(file, 'utf8'), lineOf(summary), summary.faults));
  if (summary.seeds < seeds && summary.violated.length === 0) throw new Error(`Only ${summary.seeds} of ${seeds} seeds were simulated.`);
  if (summary.violated.length > 0 || (seeds >= 500 && summary.uncovered.length > 0)) process.exitCode = 1;
}

async function showMutations(seeds: number, { only = '', write }: { only?: string | undefined; write: boolean }) {
  if (write && only !== '') throw new Error('--write wants every mutation, and --only leaves some out.');
  const before = readFileSync(file, 'utf8');
  const catches = await tryMutations(seeds, { only, known: noticedSeeds(before) });
  const { page, isGood } = mutationsPage(catches, seeds);
  console.log(page);
  if (write) writeFileSync(file, withNoticed(before, catches));
  if (!isGood) process.exitCode = 1;
}

async function replay(seed: number, { trace, large: isLarge }: { trace: boolean; large: boolean }) {
  const { violations } = await simulateSeed(seed, trace ? (line) => console.log(line) : undefined, isLarge ? large : undefined);
  for (const { invariant, what } of violations) console.log(`violated: ${invariant}: ${what}`);
  if (violations.length > 0) process.exitCode = 1;
  else console.log(`seed ${seed}: nothing violated`);
}

/** Until something is violated, if so wished: what another worker has found does not spare the seeds below it. */
async function simulateShare({ from, to, step, untilViolated, isLarge, lowest }: Share, report: (result: SeedResult) => void) {
  for (let seed = from; seed < (untilViolated ? Math.min(to, Atomics.load(lowest, 0)) : to); seed += step) {
    const result = await simulateSeed(seed, undefined, isLarge ? large : undefined);
    report(result);
    if (untilViolated && result.violations.length > 0) lower(lowest, seed);
  }
}

function lower(lowest: Int32Array, seed: number) {
  for (let known = Atomics.load(lowest, 0); seed < known; ) {
    const before = Atomics.compareExchange(lowest, 0, known, seed);
    if (before === known) return;
    known = before;
  }
}

async function inParallel({ from, ...share }: Omit<Share, 'step' | 'lowest'>): Promise<SeedResult[]> {
  const step = availableParallelism();
  const results: SeedResult[] = [];
  const lowest = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(2 ** 31 - 1);
  const workers = Array.from({ length: step }, (_, n) => {
    const workerData: Share = { ...share, from: from + n, step, lowest };
    return new Worker(new URL(import.meta.url), { workerData });
  });
  const shares = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        worker.on('message', (result: SeedResult) => results.push(result));
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

function lineOf({ seeds, seconds, readers, accepted, steps, violated, uncovered }: Summary): string {
  const [of, mails, events, all] = [readers, accepted, steps, seeds].map((count) => count.toLocaleString('en'));
  const found = `**${violated.length} violations**; ${uncovered.length === 0 ? 'every fault struck' : `${uncovered.join(', ')} never struck`}`;
  return `\`npm run simulate -- --seeds ${seeds} --write\`: ${all} seeds, ${of} readers, ${mails} mails, ${events} events, ${found}. It took ${seconds} s.`;
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
