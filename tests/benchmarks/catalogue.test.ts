import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { askedBenchmarks, benchmarks, UnknownBenchmark } from './catalogue.ts';

test('every benchmark has a name, and every name a benchmark', () => {
  const scripts = globSync('**/*-benchmark.ts', { cwd: import.meta.dirname });

  expect(Object.values(benchmarks).map(({ script }) => script)).toEqual(expect.arrayContaining(scripts));
  expect(Object.values(benchmarks)).toHaveLength(scripts.length);
});

test('without a name all of them run, but those that judge nothing', () => {
  expect(askedBenchmarks([]).names).toEqual(expect.arrayContaining(['sending', 'archive']));
  expect(askedBenchmarks([]).names).not.toContain('plots');
  expect(askedBenchmarks(['--quick']).names).not.toContain('archive');
});

test('one by its name is handed what it takes', () => {
  expect(askedBenchmarks(['planning', '10000', '100000'])).toEqual({ names: ['planning'], rest: ['10000', '100000'], all: false });
  expect(askedBenchmarks(['sending', '--quick'])).toMatchObject({ names: ['sending'], rest: ['--quick'] });
  expect(askedBenchmarks(['sending', 'fill', '--quick']).names).toEqual(['sending', 'fill']);
});

test('a misspelt name runs nothing, least of all everything', () => {
  for (const words of [['sendng'], ['sending', 'fil'], ['10000'], ['sending', 'fill', '--rows', '5']])
    expect(() => askedBenchmarks(words), words.join(' ')).toThrow(UnknownBenchmark);
});
