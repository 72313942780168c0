import { BenchmarkAccount, bundle, digestId } from './account/benchmark-account.ts';
import { median } from './median.ts';
import { renderedWeekly } from './sending/rendered-weekly.ts';

// From the moment a digest is assembled to its first and its last acceptance, in real time, against the ideal of readers
// over rate. Every function starts cold, two environments of each, as the stack allows them.

const [readers = 10_000, rate = 200, rounds = 5] = process.argv.slice(2).map(Number).filter(Number.isFinite);

await bundle();
const rendered = await renderedWeekly();
const account = await BenchmarkAccount.start();
const measured: { first: number; last: number }[] = [];
for (let round = 0; round < rounds; round += 1) {
  await account.fill(readers, rendered);
  account.setSes({ rate, latencyMs: 60 });
  const began = Date.now();
  await account.fanOutDigest();
  const running = await Promise.all([
    account.run('fan-out', 'FAN_OUT', { times: 2, batchSize: 1 }),
    account.run('deliver-orders', 'DELIVER_ORDERS', { times: 2, memoryMb: 832 }),
  ]);
  await account.until(async () => (await account.digests.find(digestId))?.phase === 'done', 500);
  const { acceptedAt } = await account.books();
  await Promise.all(running.map((each) => each.stop()));
  measured.push({ first: ((acceptedAt[0] ?? 0) - began) / 1_000, last: ((acceptedAt.at(-1) ?? 0) - began) / 1_000 });
}
await account.stop();
const [first, last] = [median(measured.map((each) => each.first)), median(measured.map((each) => each.last))];
console.log(`${readers} readers at ${rate}/s, medians of ${rounds}: first after ${first.toFixed(2)} s, last after ${last.toFixed(2)} s,`);
console.log(`${(last / (readers / rate)).toFixed(3)} times the ideal of ${readers / rate} s`);
process.exit();
