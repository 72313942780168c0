import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../support/command-line.ts';
import { bundle, bundlesMade } from './account/benchmark-account.ts';
import { findingsOf, quick } from './report.ts';

// All benchmarks, one after another, each a process of its own; their findings in one file, .build/benchmarks.json. Fails
// when a gate is missed. `-- --quick` does less of each: enough to see that something has become much worse.

const benchmarks = {
  reading: 'reading-benchmark.ts',
  fill: 'fill-benchmark.ts',
  sending: 'sending/sending-benchmark.ts',
  'fan-out': 'fan-out-benchmark.ts',
  memory: 'memory-benchmark.ts',
  schedule: 'schedule-benchmark.ts',
  bill: 'bill/bill-benchmark.ts',
  import: 'imports/import-benchmark.ts',
  ...(!quick && { figures: 'figures-benchmark.ts', archive: 'archive-benchmark.ts' }),
};

commandLine({ usage: 'npm run bench   all of them, 45 minutes; -- --quick in one', flags: ['quick'] });
await bundle();
const run: Record<string, unknown> = {};
const missed: string[] = [];
for (const [name, script] of Object.entries(benchmarks)) {
  rmSync(findingsOf(name), { force: true });
  const began = performance.now();
  const env = { ...process.env, ...bundlesMade, POWERTOOLS_LOG_LEVEL: 'SILENT' };
  const args = [join(import.meta.dirname, script), ...(quick ? ['--quick'] : [])];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if (status !== 0) missed.push(name);
  run[name] = { seconds, ...(existsSync(findingsOf(name)) ? JSON.parse(readFileSync(findingsOf(name), 'utf8')) : { failed: true }) };
  console.log(`\n${name} took ${seconds} s\n`);
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length, load: loadavg()[0] };
writeFileSync(
  '.build/benchmarks.json',
  `${JSON.stringify({ at: new Date().toISOString(), quick, machine, missed, benchmarks: run }, null, 2)}\n`,
);
console.log(`Kept in .build/benchmarks.json. ${missed.length === 0 ? 'Every gate holds.' : `Missed: ${missed.join(', ')}.`}`);
process.exitCode = missed.length === 0 ? 0 : 1;
