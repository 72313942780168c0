import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { bundle, bundlesMade } from './account/benchmark-account.ts';
import { askedBenchmarks, benchmarks, benchUsage, UnknownBenchmark } from './catalogue.ts';
import { findingsOf, quick } from './report.ts';

// Benchmarks, one after another, each a process of its own. All of them: their findings in one file, .build/benchmarks.json. Fails
// when a gate is missed. `--quick` does less of each: enough to see that something has become much worse.

const { names, rest, all } = asked();
if (names.length > 1) await bundle();
const findings: Record<string, unknown> = {};
const missed: string[] = [];
for (const name of names) {
  rmSync(findingsOf(name), { force: true });
  const began = performance.now();
  const env = { ...process.env, ...(names.length > 1 ? bundlesMade : {}), POWERTOOLS_LOG_LEVEL: 'SILENT' };
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, benchmarks[name]?.script ?? ''), ...rest], {
    stdio: 'inherit',
    env,
  });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if (status !== 0) missed.push(name);
  findings[name] = { seconds, ...(existsSync(findingsOf(name)) ? JSON.parse(readFileSync(findingsOf(name), 'utf8')) : { failed: true }) };
  if (names.length > 1) console.log(`\n${name} took ${seconds} s\n`);
}
if (all) keepFindings();
process.exitCode = missed.length === 0 ? 0 : 1;

function keepFindings() {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length, load: loadavg()[0] };
  const kept = { at: new Date().toISOString(), quick, machine, missed, benchmarks: findings };
  writeFileSync('.build/benchmarks.json', `${JSON.stringify(kept, null, 2)}\n`);
  console.log(`Kept in .build/benchmarks.json. ${missed.length === 0 ? 'Every gate holds.' : `Missed: ${missed.join(', ')}.`}`);
}

/** Refused before anything begins: the exit code 2, as every script has it. */
function asked() {
  const words = process.argv.slice(2);
  if (words.includes('--help') && words.every((word) => word.startsWith('-'))) {
    console.log(benchUsage);
    process.exit(0);
  }
  try {
    return askedBenchmarks(words);
  } catch (error) {
    if (!(error instanceof UnknownBenchmark)) throw error;
    console.error(`${error.message}\n\n${benchUsage}`);
    process.exit(2);
  }
}
