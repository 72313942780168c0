import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { pages, readPage } from './markdown.ts';

const read = new Map(pages.map((file) => [file, readPage(file)]));
/** With their line, so that a failure leads to the place. */
const linesWith = (pattern: RegExp, files: readonly string[]) =>
  files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, n) => (pattern.test(line) ? [`${file}:${n + 1} ${line.trim()}`] : [])),
  );

test('every link from page to page leads to a file and a heading that are there', () => {
  const dead = [...read.values()].flatMap(({ file, links }) =>
    links.filter((link) => !/^[a-z]+:/.test(link)).flatMap((link) => (leadsSomewhere(file, link) ? [] : [`${file}: ${link}`])),
  );

  expect(dead).toEqual([]);
});

test('every page of docs/ can be found from the pages that lead through them', () => {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const link of read.get(file)?.links ?? []) if (!/^[a-z]+:/.test(link)) visit(targetOf(file, link));
  };
  visit('docs/README.md');
  const inDocs = pages.filter((file) => file.startsWith('docs/') && !file.startsWith('docs/decisions/'));

  expect(inDocs.length).toBeGreaterThan(25);
  expect(inDocs.filter((file) => !reached.has(file))).toEqual([]);
});

test('a guide is there in both languages, with the same sections, and each leads to the other', () => {
  const names = (folder: string) => pages.filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
  const pairs = [
    ['README.md', 'README.zh-CN.md'],
    ['docs/README.md', 'docs/zh-CN/README.md'],
    ['docs/comparison.md', 'docs/zh-CN/comparison.md'],
    ...names('docs/en/').map((name) => [`docs/en/${name}`, `docs/zh-CN/${name}`]),
  ];

  expect(
    names('docs/zh-CN/')
      .map((name) => `docs/zh-CN/${name}`)
      .sort(),
  ).toEqual(
    pairs
      .slice(1)
      .map(([, chinese]) => chinese)
      .sort(),
  );
  for (const [english = '', chinese = ''] of pairs) {
    expect(targetsOf(english), english).toContain(chinese);
    expect(targetsOf(chinese), chinese).toContain(english);
    // What leads through the pages has less to lead to in Chinese.
    if (english !== 'docs/README.md') expect(levelsOf(chinese), chinese).toEqual(levelsOf(english));
  }
});

const levelsOf = (file: string) => (read.get(file)?.headings ?? []).map(({ level }) => level);
const targetsOf = (file: string) => (read.get(file)?.links ?? []).map((link) => targetOf(file, link));

test('no page speaks of a document that its reader does not have', () => {
  const docs = pages.filter((file) => file.startsWith('docs/') || !file.includes('/'));

  expect(linesWith(/\bthe design\b|\bdesign §|§|design\.md/i, docs)).toEqual([]);
  const points = linesWith(/\bpoints? \d/i, docs).filter((line) => !/\(.*delivery\.md#/.test(line));
  expect(points, 'a point of the delivery protocol is a link to it').toEqual([]);
});

test('a decision has its number in its name and its heading, and says when it was taken', () => {
  for (const file of pages.filter((page) => page.startsWith('docs/decisions/'))) {
    const number = Number(/\/(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]);

    expect(read.get(file)?.headings[0]?.text, file).toMatch(new RegExp(`^${number}\\. `));
    expect(readFileSync(file, 'utf8'), file).toMatch(/^\*Accepted, \d{4}-\d{2}/m);
  }
});

test('nothing is twice in the changelog', () => {
  const entries = readFileSync('CHANGELOG.md', 'utf8')
    .split(/\n(?=- |\n|#)/)
    .filter((entry) => entry.startsWith('- '));

  expect(entries.length).toBeGreaterThan(60);
  expect(entries.filter((entry, n) => entries.indexOf(entry) !== n)).toEqual([]);
});

test('what a page or a workflow calls a command is one', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const workflows = globSync('.github/workflows/*.yml');
  const called = [...pages, '.ci/run', ...workflows].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, script = '']) => ({ file, script })),
  );

  expect(workflows.length).toBeGreaterThan(1);
  expect(called.length).toBeGreaterThan(20);
  expect(called.filter(({ script }) => !scripts[script])).toEqual([]);
});

test('what a page names by its path is there', () => {
  const paths = pages.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/`((?:functions|infra|emails|tests|docs)\/[\w./-]+)`/g)].map(([, path = '']) => ({
      file,
      path,
    })),
  );

  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter(({ path }) => !existsSync(path))).toEqual([]);
});

/** What a reader of English as a second language had to read twice. */
const idioms =
  /\bwhoever\b|\bowne?d? up\b|\bowns up\b|\banew\b|\bonce more\b|\bthese very\b|\bof ours\b|\bis nobody’s\b|\bstands?\b|\bstanding\b/i;

test('pages are in plain words', () => {
  expect(linesWith(idioms, pages)).toEqual([]);
});

function leadsSomewhere(from: string, link: string): boolean {
  const anchor = decodeURI(link).split('#')[1];
  const target = targetOf(from, link);
  if (!existsSync(target)) return false;
  return !anchor || (read.get(target) ?? readPage(target)).headings.some((heading) => heading.anchor === anchor);
}

function targetOf(from: string, link: string): string {
  const [path = ''] = decodeURI(link).split('#');
  return path === '' ? from : normalize(join(dirname(from), path));
}
