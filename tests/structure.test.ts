import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { mutations } from './simulation/mutations.ts';
import { mutated } from './simulation/try-mutations.ts';

/** Tracked and new files alike, as git sees them. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).trim().split('\n');
const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

const importsOf = (file: string) => {
  const text = readFileSync(file, 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, path = '']) => path);
  return specifiers.map((path) => normalize(join(dirname(file), path)));
};

/** The floors of `functions/`: a file imports from its own noun and from lower floors. */
const floors = [
  ['platform'],
  ['mail'],
  ['subscribers', 'issues'],
  ['digests'],
  ['notices'],
  ['deliveries'],
  ['feedback', 'exports'],
  ['imports'],
  ['figures'],
  ['public', 'editors'],
];
const floorOf = (noun: string) => floors.findIndex((floor) => floor.includes(noun));
const nounOf = (file: string) => (file.startsWith('functions/') ? file.split('/')[1] : undefined);

const edges = sources.flatMap((from) => importsOf(from).map((to) => ({ from, to })));
const shown = (wrong: { from: string; to: string }[]) => wrong.map(({ from, to }) => `${from} → ${to}`);

test('every folder of functions/ is a noun with a floor', () => {
  const nouns = new Set(sources.map(nounOf).filter((noun) => noun !== undefined));

  expect([...nouns].filter((noun) => floorOf(noun) < 0)).toEqual([]);
});

test('imports run one way, from the faces down to the ground floor', () => {
  const wrong = edges.filter(({ from, to }) => {
    const [own, other] = [nounOf(from), nounOf(to)];
    return own && other && own !== other && floorOf(other) >= floorOf(own);
  });

  expect(shown(wrong)).toEqual([]);
});

test('only handlers import the real services', () => {
  const wrong = edges.filter(
    ({ from, to }) => to.endsWith('-services.ts') && from.startsWith('functions/') && !from.endsWith('.handler.ts'),
  );

  expect(shown(wrong)).toEqual([]);
});

test('nobody imports a handler', () => {
  expect(shown(edges.filter(({ to }) => to.endsWith('.handler.ts')))).toEqual([]);
});

test('the product knows nothing of infra, and nothing outside imports the local run', () => {
  const product = edges.filter(({ from, to }) => /^(functions|emails)\//.test(from) && /^(infra|tests)\//.test(to));
  const local = edges.filter(({ from, to }) => to.startsWith('infra/local/') && !/^(infra\/local|tests)\//.test(from));

  expect(shown([...product, ...local])).toEqual([]);
});

test('emails stand on the ground floor', () => {
  const wrong = edges.filter(({ from, to }) => {
    const noun = nounOf(to);
    return from.startsWith('emails/') && noun && floorOf(noun) > floorOf('mail') && to !== 'functions/issues/issue.ts';
  });

  expect(shown(wrong)).toEqual([]);
});

test('no folder holds more than twenty files, and none is a drawer', () => {
  const folders = Map.groupBy(files, dirname);
  // Decisions are numbered in the order of time, and their number only grows.
  const mayGrow = ['.', 'docs/decisions'];
  const crowded = [...folders].filter(([folder, inside]) => !mayGrow.includes(folder) && inside.length > 20).map(([folder]) => folder);
  const drawers = [...folders.keys()].filter((folder) => /(^|\/)(shared|utils?|helpers?|types|common|lib|misc)$/.test(folder));

  expect([...crowded, ...drawers]).toEqual([]);
});

test('no barrels: a module is named for what it holds', () => {
  expect(sources.filter((file) => /^(index|utils?|helpers?|types|constants)\.ts$/.test(basename(file)))).toEqual([]);
});

test('no module has grown past what one can read in one go', () => {
  const long = sources.filter((file) => !file.startsWith('tests/') && readFileSync(file, 'utf8').split('\n').length > 300);

  expect(long).toEqual([]);
});

test('every fault that the simulation must notice can still be put into the code', () => {
  for (const mutation of mutations) expect(mutated(mutation), mutation.name).toContain(mutation.by);
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
});

test('the root holds what a person expects there, and nothing else', () => {
  const roots = new Set(files.map((file) => file.split('/')[0] ?? ''));
  const expected = [
    ...['package.json', 'package-lock.json', 'tsconfig.json', 'cdk.json', 'infra', 'functions', 'emails', 'tests'],
    ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE', 'docs', '.ci', '.github'],
    ...['biome.json', 'vitest.config.ts', 'knip.json', '.gitignore', '.gitattributes', '.npmrc', '.html-validate.json'],
  ];

  expect([...roots].filter((entry) => !expected.includes(entry))).toEqual([]);
});
