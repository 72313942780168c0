import { BenchmarkAccount, bundle, type Cost, digestId } from './account/benchmark-account.ts';
import { median } from './median.ts';
import { renderedWeekly } from './sending/rendered-weekly.ts';

export type MemoryRow = { readers: number; workerMb: number; fanOutMb: number };

/** The most memory that a delivery worker and a fan-out have resident, each a new process, when they do a whole digest alone. */
export async function benchMemory({ sizes = [10_000, 100_000], rounds = 5, rate = 500 } = {}): Promise<MemoryRow[]> {
  const rendered = await renderedWeekly();
  const account = await BenchmarkAccount.start();
  const measured: MemoryRow[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const readers of sizes) {
      await account.fill(readers, rendered);
      account.setSes({ rate, latencyMs: 50 });
      const fanOut = await account.run('fan-out', 'FAN_OUT', { batchSize: 1 });
      const worker = await account.run('deliver-orders', 'DELIVER_ORDERS');
      await account.fanOutDigest();
      await account.until(async () => (await account.digests.find(digestId))?.phase === 'done', 500);
      const [[planner], [sender]] = (await Promise.all([fanOut.cost(), worker.cost()])) as [[Cost], [Cost]];
      measured.push({ readers, workerMb: sender.peakMb, fanOutMb: planner.peakMb });
      await Promise.all([fanOut.stop(), worker.stop()]);
    }
  await account.stop();
  return sizes.map((readers) => {
    const own = measured.filter((row) => row.readers === readers);
    return { readers, workerMb: median(own.map((row) => row.workerMb)), fanOutMb: median(own.map((row) => row.fanOutMb)) };
  });
}

if (import.meta.main) {
  await bundle();
  console.log(JSON.stringify(await benchMemory(process.argv.includes('--quick') ? { sizes: [2_000, 10_000], rounds: 1 } : {}), null, 1));
  process.exit();
}
