import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { isWithout } from '../support/without.ts';
import type { BuiltPattern } from './built-patterns.ts';
import { patternsIn } from './patterns-in.ts';
import { unsafePatterns } from './unsafe-patterns.ts';

/** What runs in an account, in a browser or on an editor's machine. Tests read only what tests have written. */
const modules = globSync('{functions,emails,infra}/**/*.ts')
  .map((file) => ({ file, ...patternsIn(readFileSync(file, 'utf8')) }))
  .sort((a, b) => a.file.localeCompare(b.file));

const written = modules.flatMap(({ file, written }) => written.map((pattern) => ({ ...pattern, file })));

async function builtPatterns(): Promise<BuiltPattern[]> {
  const files = modules.filter(({ built }) => built.length > 0).map(({ file }) => file);
  const [found] = (await once(new Worker(new URL('./built-patterns.ts', import.meta.url), { workerData: files }), 'message')) as [
    BuiltPattern[],
  ];
  return found.map((pattern) => ({ ...pattern, file: relative(process.cwd(), pattern.file) }));
}

test('every pattern that is put together is there when its module has been loaded, so that it can be checked', async () => {
  const seen = new Set((await builtPatterns()).map(({ file, place }) => `${file}:${place}`));
  const places = modules.flatMap(({ file, built }) => built.map((place) => `${file}:${place}`));

  expect(places.filter((place) => !seen.has(place))).toEqual([]);
});

// More than a minute of work that CI does once.
test.skipIf(isWithout('long-runs'))(
  'no pattern takes more than linear time, whatever the text: recheck says so of each',
  async () => {
    const patterns = [...written, ...(await builtPatterns())];

    expect(patterns.length).toBeGreaterThan(500);
    const unsafe = await unsafePatterns(patterns);
    expect(unsafe.map(({ file, place, source, flags, status, why }) => `${file}:${place} ${status} (${why}): /${source}/${flags}`)).toEqual(
      [],
    );
  },
  900_000,
);

test('recheck notices a pattern that is super-linear, and tells what it does not know', async () => {
  const unsafe = await unsafePatterns([
    { source: '^(?:a|a)*$', flags: '' },
    { source: '\\s+$', flags: 'u' },
    { source: '(', flags: '' },
    { source: 'a+b', flags: 'y' },
  ]);

  expect(unsafe.map(({ source, status }) => [source, status])).toEqual(
    expect.arrayContaining([
      ['^(?:a|a)*$', 'vulnerable'],
      ['\\s+$', 'vulnerable'],
      ['(', 'unknown'],
    ]),
  );
  expect(unsafe).toHaveLength(3);
});
