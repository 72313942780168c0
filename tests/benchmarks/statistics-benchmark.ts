import { createHash } from 'node:crypto';
import { keys } from '../../functions/platform/keys.ts';
import { countMessage } from '../../functions/statistics/count-readers.ts';
import { Statistics, WeekStatistics } from '../../functions/statistics/statistics.ts';
import { StatisticsStore } from '../../functions/statistics/statistics-store.ts';
import { daysAfter, weekOf } from '../../functions/statistics/week.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { commandLine } from '../support/command-line.ts';
import { BenchmarkAccount, bundle, type Cost } from './account/benchmark-account.ts';
import { median } from './median.ts';
import { report } from './report.ts';
import { renderedWeekly } from './sending/rendered-weekly.ts';

type CountingRow = {
  readers: number;
  changed: number;
  seconds: number;
  cpuSeconds: number;
  calls: number;
  unitsPer1000: number;
  peakMb: number;
};

const zone = 'Asia/Shanghai';

/**
 * What one counting of all readers costs the function that would be deployed, as it comes every night: one in fifty has changed
 * within the open weeks, and their evidence is read.
 */
async function benchFigures({ sizes = [10_000, 100_000], rounds = 5 } = {}): Promise<CountingRow[]> {
  const rendered = await renderedWeekly();
  const account = await BenchmarkAccount.start();
  const rows: CountingRow[] = [];
  for (const readers of sizes) {
    const measured: CountingRow[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await account.fill(readers, rendered);
      measured.push(await countOnce(account, readers));
    }
    const of = (pick: (row: CountingRow) => number) => Math.round(median(measured.map(pick)) * 10) / 10;
    rows.push({
      readers,
      changed: of((row) => row.changed),
      seconds: of((row) => row.seconds),
      cpuSeconds: of((row) => row.cpuSeconds),
      calls: of((row) => row.calls),
      unitsPer1000: of((row) => row.unitsPer1000),
      peakMb: of((row) => row.peakMb),
    });
  }
  await account.stop();
  return rows;
}

async function countOnce(account: BenchmarkAccount, readers: number): Promise<CountingRow> {
  const changed = await changeSome(account, readers);
  const figures = new StatisticsStore(account.table);
  const worker = await account.run('work', 'WORK', { batchSize: 1, memoryMb: 1769 });
  const cost = async () => (await worker.cost())[0] as Cost;
  const [before, { cpuMs: startCpu }] = [await tableUse(account), await cost()];
  const began = performance.now();
  const wantedAt = new Date().toISOString();
  await account.work.send(countMessage(wantedAt));
  await account.until(async () => ((await figures.latest())?.asOf ?? '') >= wantedAt, 20);
  const seconds = (performance.now() - began) / 1_000;
  const [after, { cpuMs, peakMb }] = [await tableUse(account), await cost()];
  await worker.stop();
  const counted = await figures.latest();
  if (counted?.readers.confirmed !== readers) throw new Error(`${counted?.readers.confirmed} of ${readers} readers were counted.`);
  return {
    readers,
    changed,
    seconds,
    cpuSeconds: (cpuMs - startCpu) / 1_000,
    peakMb,
    calls: after.calls - before.calls,
    unitsPer1000: ((after.units - before.units) / readers) * 1_000,
  };
}

/** All others were counted before, and their weeks are closed. */
async function changeSome(account: BenchmarkAccount, readers: number): Promise<number> {
  const consents = new ConsentLog(account.table);
  const monday = daysAfter(weekOf(new Date(), zone).monday, -7);
  const week = WeekStatistics.parse({ week: 'open', monday });
  await new StatisticsStore(account.table).finish(Statistics.parse({ asOf: `${monday}T00:00:00.000Z`, readers: {}, weeks: [week] }), []);
  const at = new Date().toISOString();
  let changed = 0;
  for (let n = 0; n < readers; n += 50, changed += 1) {
    const id = createHash('sha256').update(String(n)).digest('hex').slice(0, 32);
    await account.table.update(keys.subscriber(id), { set: 'SET confirmedAt = :at, signedUpAt = :at', values: { ':at': at } });
    for (const event of ['asked', 'confirmed'] as const) await consents.record(id, { event, at, page: '/' });
  }
  return changed;
}

async function tableUse(account: BenchmarkAccount) {
  const kinds = Object.values((await account.meter()).table);
  return { calls: kinds.reduce((sum, { calls }) => sum + calls, 0), units: kinds.reduce((sum, { units }) => sum + units, 0) };
}

const { numbers } = commandLine({ usage: 'npm run bench -- statistics 10000   readers (10,000 and 100,000)', numbers: 10 });
await bundle();
const rows = await benchFigures(numbers.length > 0 ? { sizes: numbers } : {});
report('statistics', {
  figures: rows,
  tables: [
    {
      title: 'Counting all readers',
      columns: ['readers', 'changed', 'seconds', 'seconds of CPU', 'calls', 'units per 1,000', 'peak MB'],
      rows: rows.map((row) => [row.readers, row.changed, row.seconds, row.cpuSeconds, row.calls, row.unitsPer1000, row.peakMb]),
    },
  ],
});
