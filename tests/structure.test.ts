import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { mutations } from './simulation/mutations.ts';
import { mutated } from './simulation/try-mutations.ts';

/** Tracked and new files alike, as git sees them. */
const files = execFileSync('git', ['-c', 'core.quotepath=off', 'ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n');
const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

const importsOf = (file: string) => importsIn(readFileSync(file, 'utf8'), file);

const importsIn = (text: string, file: string) => {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, path = '']) => path);
  return specifiers.map((path) => normalize(join(dirname(file), path)));
};

/** The floors of `functions/`: a file imports from its own noun and from lower floors. */
const floors = [
  // Words import nothing: settings take their languages from them.
  ['words'],
  ['platform'],
  ['mail', 'access', 'settings'],
  ['subscribers', 'issues'],
  ['digests'],
  ['webhooks'],
  ['notices'],
  ['deliveries'],
  ['feedback', 'exports'],
  ['imports', 'restores'],
  ['statistics'],
  ['public', 'api', 'work'],
  ['desk'],
];
const floorOf = (noun: string) => floors.findIndex((floor) => floor.includes(noun));
const nounOf = (file: string) => (file.startsWith('functions/') ? file.split('/')[1] : undefined);

const edges = sources.flatMap((from) => importsOf(from).map((to) => ({ from, to })));

/** Imports that are left when types are taken away. */
const valueEdges = sources.flatMap((from) => {
  const text = readFileSync(from, 'utf8').replace(/^(?:import|export) type [^;]*;$/gm, '');
  return importsIn(text, from).map((to) => ({ from, to }));
});
const shown = (wrong: { from: string; to: string }[]) => wrong.map(({ from, to }) => `${from} → ${to}`);

test('every folder of functions/ is a noun with a floor', () => {
  const nouns = new Set(sources.map(nounOf).filter((noun) => noun !== undefined));

  expect([...nouns].filter((noun) => floorOf(noun) < 0)).toEqual([]);
});

test('imports run one way, from the faces down to the ground floor', () => {
  // Words are held by types to the codes and states that they are for: these types may come from above.
  const wrong = [...edges.filter(({ from }) => nounOf(from) !== 'words'), ...valueEdges].filter(({ from, to }) => {
    const [own, other] = [nounOf(from), nounOf(to)];
    return own && other && own !== other && floorOf(other) >= floorOf(own);
  });

  expect(shown(wrong)).toEqual([]);
});

test('the desk has words, types of the API, and nothing else of the server', () => {
  const isDesk = (file: string) => file.startsWith('functions/desk/');
  const outside = (all: typeof edges) => all.filter(({ from, to }) => isDesk(from) && !isDesk(to) && !to.startsWith('functions/words/'));

  expect(shown(outside(valueEdges))).toEqual([]);
  expect(shown(outside(edges).filter(({ to }) => !to.startsWith('functions/api/')))).toEqual([]);
});

test('only handlers import the real services', () => {
  const wrong = edges.filter(
    ({ from, to }) => to.endsWith('-services.ts') && from.startsWith('functions/') && !from.endsWith('.handler.ts'),
  );

  expect(shown(wrong)).toEqual([]);
});

test('every handler is made with middy, and middy has something to do in it: a middleware, or routes', () => {
  const handlers = sources.filter((file) => file.startsWith('functions/') && file.endsWith('.handler.ts'));
  const usesMiddy = (file: string) => /from '@middy\/core'/.test(readFileSync(file, 'utf8'));
  const empty = sources.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return file.startsWith('functions/') && (text.match(/\bmiddy\(/g) ?? []).length !== (text.match(/\)\s*\.use\(/g) ?? []).length;
  });
  const without = handlers.filter((file) => ![file, ...importsOf(file)].some(usesMiddy));

  expect(handlers.length).toBeGreaterThan(5);
  expect(without).toEqual([]);
  expect(empty).toEqual([]);
});

test('settings are asked for where work begins, and passed on as a value', () => {
  const asking = edges.filter(({ to }) => to === 'functions/settings/current-settings.ts');

  expect(asking.length).toBeGreaterThan(0);
  expect(shown(asking.filter(({ from }) => !/(-services|\.handler)\.ts$/.test(from)))).toEqual([]);
});

test('nobody imports a handler', () => {
  expect(shown(edges.filter(({ to }) => to.endsWith('.handler.ts')))).toEqual([]);
});

test('the product knows nothing of infra, and nothing outside imports the local run', () => {
  const product = edges.filter(({ from, to }) => /^(functions|emails)\//.test(from) && /^(infra|tests)\//.test(to));
  const local = edges.filter(({ from, to }) => to.startsWith('infra/local/') && !/^(infra\/local|tests)\//.test(from));

  expect(shown([...product, ...local])).toEqual([]);
});

test('emails are on the ground floor', () => {
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

/** What a translator is handed, whole: one file a language, and nothing in it but words. */
const isCatalogue = (file: string) => /^(functions|infra\/cli)\/words\/[a-z]{2,3}(-[A-Z]{2})?\.ts$/.test(file);

test('no module has grown past what one can read in one go', () => {
  const long = sources.filter(
    (file) => !file.startsWith('tests/') && !isCatalogue(file) && readFileSync(file, 'utf8').split('\n').length > 300,
  );

  expect(long).toEqual([]);
});

test('code and pages name their subject: a reader, a worker, a caller', () => {
  const texts = files.filter(
    (file) => /\.(ts|md)$/.test(file) && !['tests/structure.test.ts', 'tests/words/catalogues.test.ts'].includes(file),
  );

  expect(texts.filter((file) => /\bwhoever\b/i.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('every fault that the simulation must notice can still be put into the code', () => {
  for (const mutation of mutations) {
    const code = mutated(mutation);
    expect(code, mutation.name).toContain(mutation.by);
    expect(() => stripTypeScriptTypes(code), mutation.name).not.toThrow();
  }
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
});

test('the root holds what a person expects there, and nothing else', () => {
  const roots = new Set(files.map((file) => file.split('/')[0] ?? ''));
  const expected = [
    ...['package.json', 'package-lock.json', 'tsconfig.json', 'cdk.json', 'infra', 'functions', 'emails', 'tests'],
    ...['README.md', 'README.zh-CN.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'docs', '.ci', '.github'],
    ...['biome.json', 'vitest.config.ts', 'knip.json', '.gitignore', '.gitattributes', '.npmrc', '.html-validate.json'],
  ];

  expect([...roots].filter((entry) => !expected.includes(entry))).toEqual([]);
});

test('one folder hashes with keys and compares in constant time', () => {
  const elsewhere = sources.filter((file) => file.startsWith('functions/') && !file.startsWith('functions/platform/sealing/'));

  expect(elsewhere.filter((file) => /\b(createHmac|timingSafeEqual|createSecretKey)\b/.test(readFileSync(file, 'utf8')))).toEqual([]);
});

/** Groups of modules that reach each other by imports (Tarjan's strongly connected components). */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const [order, lowest] = [new Map<string, number>(), new Map<string, number>()];
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string) => {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    stack.push(file);
    for (const to of graph.get(file) ?? []) {
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(to) ?? 0));
    }
    if (lowest.get(file) === order.get(file)) found.push(stack.splice(stack.indexOf(file)));
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found.filter((group) => group.length > 1);
}

test('no modules import each other in a circle, not even types', () => {
  const deployed = sources.filter((file) => /^(functions|infra|emails)\//.test(file));
  // The words' shape is made from the types of every noun, so that a code without words does not compile.
  const wordsShape = /^import type [^;]*;/gm;
  const read = (file: string) => readFileSync(file, 'utf8');
  const graph = new Map(
    deployed.map((file) => [file, importsIn(file.startsWith('functions/words/') ? read(file).replace(wordsShape, '') : read(file), file)]),
  );

  expect(circles(graph)).toEqual([]);
  expect(
    circles(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['a', 'd']],
        ['d', []],
      ]),
    ),
  ).toEqual([['a', 'b', 'c']]);
});

test('no two modules have one name: it tells which of them is meant', () => {
  // The settings of the deployment, and those of the newsletter.
  const mayShare = ['settings.ts'];
  const named = Map.groupBy(
    sources.filter((file) => /^(functions|infra|emails)\//.test(file) && !isCatalogue(file)),
    (file) => basename(file),
  );

  expect([...named].filter(([name, all]) => all.length > 1 && !mayShare.includes(name))).toEqual([]);
});

/** Numbers with a name at the top of a module, and the lines that use them. */
const namedNumbers = sources
  .filter((file) => /^(functions|infra|emails)\//.test(file))
  .flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const declared = text.matchAll(/^(?:export )?const (\w+)(?:: number)? = ((?:[-\d_.*/ ()+]|\b(?:seconds|minutes|hours|days)\()+);/gm);
    return [...declared].map(([, name = '', value = '']) => ({
      file,
      name,
      value,
      uses: text.split('\n').filter((line) => new RegExp(`\\b${name}\\b`).test(line) && !line.includes(`const ${name}`)),
    }));
  });

/** Names that say their unit: `leaseMs`, `catchUpHours`, `daysListsAreKept`; and so many of something per something. */
const saysUnit =
  /(Ms|Milliseconds|Seconds|Minutes|Hours|Days|Weeks|Months|Years)$|^(milliseconds|seconds|minutes|hours|days|weeks|months|years)[A-Z]|[pP]er[A-Z]/;
/** Names, values and lines that are about time. */
const timeWords = /^(day|week|month|hour|minute|second)$|wait|lease|grace|patience|^poll|Age$|delay|timeout|lifetime|reserve|^kept|Ahead$/i;
const timeFactors = /\b(60|60_000|3_?600(_000)?|86_?400(_000)?|1_?440)\b|\b(seconds|minutes|hours|days)\(/;
const timeLines =
  /\b(setTimeout|setInterval|sleep|pause|AbortSignal\.timeout|after|minutesAfter)\(|getTime\(\)|Date\.(now|parse)\(|remainingM\w+\(\)|\bnow\(\)/;

test('a duration says its unit in its name', () => {
  const noDurations = [
    // How many digests a page has, beside one that is named by its time.
    'functions/digests/digest-store.ts besidePage',
    // A share of the quota.
    'functions/mail/send-quota.ts keptForPersons',
    // Messages in a row.
    'functions/platform/process/lineage.ts maxLineage',
  ];
  const unitless = namedNumbers.filter(
    ({ name, value, uses }) =>
      !saysUnit.test(name) && (timeWords.test(name) || timeFactors.test(value) || uses.some((line) => timeLines.test(line))),
  );

  expect(namedNumbers.length).toBeGreaterThan(100);
  expect(unitless.map(({ file, name }) => `${file} ${name}`).filter((each) => !noDurations.includes(each))).toEqual([]);
});

test('no object is spread only to pack lines', () => {
  const packed = /\.{3}\{/;

  expect(sources.filter((file) => packed.test(readFileSync(file, 'utf8')))).toEqual([]);
});
