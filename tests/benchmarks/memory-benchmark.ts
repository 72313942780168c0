import { commandLine } from '../support/command-line.ts';
import { BenchmarkAccount, bundle, digestId, type LiveCost } from './account/benchmark-account.ts';
import { median } from './median.ts';
import { number, quick, report } from './report.ts';
import { renderedWeekly } from './sending/rendered-weekly.ts';

/** Megabytes: the most that was resident, and what was left in the middle of the work once garbage was gone. */
type Held = { peakMb: number; liveMb: number };
type MemoryRow = { readers: number; planning: Held; worker?: Held };

/** As `infra/` gives it to each. */
const memoryMb = { worker: 832, planner: 1769 };

/**
 * A process that has just begun takes memory from the system little by little, whatever it does: V8 lets the part of the heap
 * for young objects grow with what has passed through it, up to three times 5 % of the function's memory, before it collects
 * as seldom as it ever will. Here that part is as large as it gets from the beginning, so that what still grows, grows with
 * the list.
 */
const grown = (memory: number) => ['--expose-gc', `--min-semi-space-size=${Math.round(memory * 0.05)}`];

/** When so much of the work is done, garbage is collected and what is left is measured; of these the middle one counts. */
const looks = [0.2, 0.4, 0.6, 0.8, 1];

/** The memory of a delivery worker and of a planner, each a new process, when they do a whole digest alone. */
async function benchMemory({ sizes = [10_000, 100_000], rounds = 5, rate = 500, withWorker = true } = {}): Promise<MemoryRow[]> {
  const rendered = await renderedWeekly();
  const account = await BenchmarkAccount.start();
  const flagsOf = (part: keyof typeof memoryMb) => ({ memoryMb: memoryMb[part], flags: grown(memoryMb[part]) });
  const measured: MemoryRow[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const readers of sizes) {
      await account.fill(readers, rendered);
      account.setSes({ rate, latencyMs: 50 });
      const planner = await account.run('work', 'WORK', { batchSize: 1, ...flagsOf('planner') });
      const planned = async () => (await account.plannedShards()) / 16;
      await account.planDigest();
      const planning = await heldMeanwhile(account, planner, planned);
      await planner.stop();
      if (withWorker) {
        const sender = await account.run('deliver-batches', 'DELIVER_BATCHES', flagsOf('worker'));
        const sent = async () => (await account.books()).acceptedAt.length / readers;
        measured.push({ readers, planning, worker: await heldMeanwhile(account, sender, sent) });
        await account.until(async () => (await account.digests.find(digestId))?.phase === 'done');
        await sender.stop();
      } else measured.push({ readers, planning });
    }
  await account.stop();
  return sizes.map((readers) => {
    const own = measured.filter((row) => row.readers === readers);
    const held = (all: readonly Held[]) => ({
      peakMb: median(all.map(({ peakMb }) => peakMb)),
      liveMb: median(all.map(({ liveMb }) => liveMb)),
    });
    const workers = own.flatMap(({ worker }) => worker ?? []);
    return { readers, planning: held(own.map(({ planning }) => planning)), ...(workers.length > 0 && { worker: held(workers) }) };
  });
}

async function heldMeanwhile(
  account: BenchmarkAccount,
  running: { live(): Promise<LiveCost[]> },
  done: () => Promise<number>,
): Promise<Held> {
  const seen: LiveCost[] = [];
  for (const look of looks) {
    await account.until(async () => (await done()) >= look, 20);
    seen.push(...(await running.live()));
  }
  return { peakMb: Math.max(...seen.map(({ peakMb }) => peakMb)), liveMb: median(seen.map(({ liveMb }) => liveMb)) };
}

if (import.meta.main) {
  const usage = 'npm run bench -- memory 5   rounds, four minutes each; or --quick';
  const [rounds = 5] = commandLine({ usage, flags: ['quick'], numbers: 1 }).numbers;
  await bundle();
  const rows = await benchMemory(quick ? { sizes: [10_000, 40_000], rounds: 1, withWorker: false } : { rounds });
  const shown = ({ peakMb, liveMb }: Held) => `${number(peakMb)} · ${number(liveMb)}`;
  const [small, large] = rows as [MemoryRow, MemoryRow];
  const gatesOf = (who: string, one: Held, other: Held) => [
    { what: `the peak of ${who}, the long list to the short`, figure: other.peakMb / one.peakMb, most: 1.1 },
    { what: `what ${who} keeps alive, the long list to the short`, figure: other.liveMb / one.liveMb, most: 1.1 },
  ];
  report('memory', {
    figures: rows,
    tables: [
      {
        title: 'Memory of a process, MB: at most, and alive in the middle of the work',
        columns: ['readers', 'planning', 'worker'],
        rows: rows.map(({ readers, worker, planning }) => [readers, shown(planning), worker ? shown(worker) : '']),
      },
    ],
    gates: [
      ...gatesOf('planning', small.planning, large.planning),
      ...(small.worker && large.worker ? gatesOf('the worker', small.worker, large.worker) : []),
    ],
  });
}
