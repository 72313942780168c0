import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

type Reading = Record<'bytes' | 'links' | 'pictures' | 'items' | 'coldMs' | 'ms' | 'mbPerSecond' | 'peakMb' | 'peakAboveIdleMb', number>;

/** The long fixture, its quarters and multiples, up to the largest file that is read. */
const sizes = [30 * 1024, 60 * 1024, 120 * 1024, 240 * 1024, 480 * 1024, 1024 * 1024];
const script = join(import.meta.dirname, 'measure-reading.ts');

const readings = sizes.map((bytes) => {
  const times = Math.max(8, Math.round((2 * 1024 * 1024) / bytes));
  return JSON.parse(execFileSync(process.execPath, [script, String(bytes), String(times)], { encoding: 'utf8' })) as Reading;
});

/** How time grows with size between the fixture and the largest: 1 is linear, 2 would be quadratic. */
const [fixture, largest] = [readings[2], readings.at(-1)];
const growth = fixture && largest ? Math.log(largest.ms / fixture.ms) / Math.log(largest.bytes / fixture.bytes) : Number.NaN;

const result = { node: process.version, cpu: cpus()[0]?.model ?? '', readings, growth: Math.round(growth * 100) / 100 };
mkdirSync('.build', { recursive: true });
writeFileSync('.build/benchmarks.json', `${JSON.stringify(result, null, 2)}\n`);

const columns = ['KB', 'links', 'pictures', 'first CPU ms', 'CPU ms', 'MB/s', 'peak MB', 'above idle MB'];
const rows = readings.map(({ bytes, links, pictures, coldMs, ms, mbPerSecond, peakMb, peakAboveIdleMb }) =>
  [Math.round(bytes / 1024), links, pictures, coldMs, ms, mbPerSecond, peakMb, peakAboveIdleMb].map(String),
);
const line = (cells: readonly string[]) => cells.map((cell) => cell.padStart(14)).join('');
process.stdout.write(`Reading an issue (${result.node}, ${result.cpu})\n\n`);
process.stdout.write(`${[columns, ...rows].map(line).join('\n')}\n\n`);
process.stdout.write(`Time grows with size to the power of ${result.growth} (1 is linear). Kept in .build/benchmarks.json.\n`);
if (!(growth < 1.25)) {
  process.stderr.write('Reading has become slower than linear in size.\n');
  process.exitCode = 1;
}
