import { commandLine } from '../support/command-line.ts';
import { BenchmarkAccount, bundle, digestId } from './account/benchmark-account.ts';
import { median } from './median.ts';
import { quick, report } from './report.ts';
import { renderedWeekly } from './sending/rendered-weekly.ts';

// From the moment a digest is assembled to its first and its last acceptance, in real time, against the ideal of readers
// over rate. Every function starts cold, two environments of each, as the stack allows them.

const usage = 'npm run bench -- schedule 10000 200 5   readers, mails a second, rounds; or --quick';
const asked = commandLine({ usage, flags: ['quick'], numbers: 3 }).numbers;
const [readers = quick ? 600 : 10_000, rate = 200, rounds = quick ? 1 : 5] = asked;

await bundle();
const rendered = await renderedWeekly();
const account = await BenchmarkAccount.start();
const measured: { first: number; last: number }[] = [];
for (let round = 0; round < rounds; round += 1) {
  await account.fill(readers, rendered);
  account.setSes({ rate, latencyMs: 60 });
  const began = Date.now();
  await account.planDigest();
  const running = await Promise.all([
    account.run('work', 'WORK', { times: 2, batchSize: 1, memoryMb: 1769 }),
    account.run('deliver-batches', 'DELIVER_BATCHES', { times: 2, memoryMb: 832 }),
  ]);
  await account.until(async () => (await account.digests.find(digestId))?.phase === 'done', 500);
  const { acceptedAt } = await account.books();
  await Promise.all(running.map((each) => each.stop()));
  measured.push({ first: ((acceptedAt[0] ?? 0) - began) / 1_000, last: ((acceptedAt.at(-1) ?? 0) - began) / 1_000 });
}
await account.stop();
const [first, last] = [median(measured.map((each) => each.first)), median(measured.map((each) => each.last))];
const ideal = readers / rate;
report('schedule', {
  figures: { readers, rate, rounds: measured, median: { first, last }, ideal },
  tables: [
    {
      title: `${readers.toLocaleString('en')} readers at ${rate}/s, medians of ${rounds}`,
      columns: ['from assembly to', 'seconds', 'to the ideal'],
      rows: [
        ['the first acceptance', first.toFixed(2), ''],
        ['the last acceptance', last.toFixed(2), (last / ideal).toFixed(3)],
        ['the last, ideally', ideal.toFixed(2), '1'],
      ],
    },
  ],
  // What a digest loses at its beginning and its end, a short one loses as well.
  gates: [
    quick
      ? { what: 'seconds behind the ideal', figure: last - ideal, most: 2 }
      : { what: 'time to the ideal', figure: last / ideal, most: 1.03 },
  ],
});
