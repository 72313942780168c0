import { commandLine } from '../support/command-line.ts';
import { BenchmarkAccount, bundle, type Cost } from './account/benchmark-account.ts';
import { median } from './median.ts';
import { quick, report } from './report.ts';
import { renderedWeekly } from './sending/rendered-weekly.ts';

export type PlanningRow = { readers: number; readersPerCpuSecond: number; callsPer1000: number; unitsPer1000: number; peakMb: number };

/**
 * What it costs to plan a digest: one process, new for every size and round, over the sixteen shards. CPU is that
 * process's own; calls are counted where they arrive.
 */
export async function benchPlanning({ sizes = [10_000, 100_000], rounds = 5 } = {}): Promise<PlanningRow[]> {
  const rendered = await renderedWeekly();
  const account = await BenchmarkAccount.start();
  const rows: PlanningRow[] = [];
  for (const readers of sizes) {
    const measured: PlanningRow[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await account.fill(readers, rendered);
      measured.push(await planOnce(account, readers));
    }
    const of = (pick: (row: PlanningRow) => number) => median(measured.map(pick));
    rows.push({
      readers,
      readersPerCpuSecond: Math.round(of((row) => row.readersPerCpuSecond)),
      callsPer1000: of((row) => row.callsPer1000),
      unitsPer1000: of((row) => row.unitsPer1000),
      peakMb: of((row) => row.peakMb),
    });
  }
  await account.stop();
  return rows;
}

async function planOnce(account: BenchmarkAccount, readers: number): Promise<PlanningRow> {
  const worker = await account.run('work', 'WORK', { batchSize: 1, memoryMb: 1769 });
  const cost = async () => (await worker.cost())[0] as Cost;
  const [before, startCpu] = [await tableUse(account), (await cost()).cpuMs];
  await account.planDigest();
  await account.until(async () => (await account.plannedShards()) === 16);
  const [after, { cpuMs, peakMb }] = [await tableUse(account), await cost()];
  await worker.stop();
  return {
    readers,
    readersPerCpuSecond: readers / ((cpuMs - startCpu) / 1_000),
    callsPer1000: ((after.calls - before.calls) / readers) * 1_000,
    unitsPer1000: ((after.units - before.units) / readers) * 1_000,
    peakMb,
  };
}

async function tableUse(account: BenchmarkAccount) {
  const kinds = Object.values((await account.meter()).table);
  return { calls: kinds.reduce((sum, { calls }) => sum + calls, 0), units: kinds.reduce((sum, { units }) => sum + units, 0) };
}

if (import.meta.main) {
  const usage = 'npm run bench -- planning 10000 100000 1000000   lists of so many readers (10,000 and 100,000); or --quick';
  const { numbers } = commandLine({ usage, flags: ['quick'], numbers: 10 });
  await bundle();
  const rows = await benchPlanning(quick ? { sizes: [5_000, 50_000], rounds: 1 } : numbers.length > 0 ? { sizes: numbers } : {});
  const [smallest, largest] = [rows[0] as PlanningRow, rows.at(-1) as PlanningRow];
  const cpu = (row: PlanningRow) => row.readers / row.readersPerCpuSecond;
  const growth = Math.log(cpu(largest) / cpu(smallest)) / Math.log(largest.readers / smallest.readers);
  report('planning', {
    figures: { rows, growth },
    tables: [
      {
        title: 'Planning a digest',
        columns: ['readers', 'readers per second of CPU', 'DynamoDB calls per 1,000', 'units per 1,000', 'peak MB'],
        rows: rows.map((row) => [row.readers, row.readersPerCpuSecond, row.callsPer1000, row.unitsPer1000, row.peakMb]),
      },
    ],
    gates: [
      { what: 'CPU grows with the readers to the power of', figure: growth, most: 1.05 },
      { what: 'calls per 1,000, the longest list to the shortest', figure: largest.callsPer1000 / smallest.callsPer1000, most: 1 },
      { what: 'units per 1,000, the longest list to the shortest', figure: largest.unitsPer1000 / smallest.unitsPer1000, most: 1 },
    ],
  });
}
