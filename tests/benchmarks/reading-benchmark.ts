import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { commandLine } from '../support/command-line.ts';
import { quick, report } from './report.ts';

// How long reading an uploaded issue takes, by its size; each size is a process of its own.

commandLine({ usage: 'npm run bench -- reading   or with --quick', flags: ['quick'] });

type Reading = Record<'bytes' | 'links' | 'pictures' | 'items' | 'coldMs' | 'ms' | 'mbPerSecond' | 'peakMb' | 'peakAboveIdleMb', number>;

/** The long fixture, its quarters and multiples, up to the largest file that is read. */
const sizes = (quick ? [120, 1_024] : [30, 60, 120, 240, 480, 1_024]).map((kilobytes) => kilobytes * 1_024);
const fixture = 120 * 1_024;
const script = join(import.meta.dirname, 'measure-reading.ts');

const readings = sizes.map((bytes) => {
  const times = Math.max(8, Math.round((2 * 1024 * 1024) / bytes));
  return JSON.parse(execFileSync(process.execPath, [script, String(bytes), String(times)], { encoding: 'utf8' })) as Reading;
});

/** How time grows with size between the fixture and the largest: 1 is linear, 2 would be quadratic. */
const [middle, largest] = [readings[sizes.indexOf(fixture)], readings.at(-1)];
const growth = middle && largest ? Math.log(largest.ms / middle.ms) / Math.log(largest.bytes / middle.bytes) : Number.NaN;

report('reading', {
  figures: { readings, growth },
  tables: [
    {
      title: 'Reading an issue',
      columns: ['KB', 'links', 'pictures', 'first, ms', 'ms', 'MB/s', 'peak MB', 'above idle, MB'],
      rows: readings.map(({ bytes, links, pictures, coldMs, ms, mbPerSecond, peakMb, peakAboveIdleMb }) => [
        ...[Math.round(bytes / 1_024), links, pictures],
        ...[coldMs, ms, mbPerSecond, peakMb, peakAboveIdleMb],
      ]),
    },
  ],
  gates: [{ what: 'time grows with size to the power of', figure: growth, most: 1.25 }],
});
