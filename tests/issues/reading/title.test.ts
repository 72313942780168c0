import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIssueFile } from '../../../functions/issues/read-issue-file.ts';
import { visibleText } from '../../../functions/issues/visible-text.ts';

const read = (text: string, more: { fileName?: string; newsletter?: string } = {}) =>
  readIssueFile(Buffer.from(text), { timeZone: 'Asia/Shanghai', locale: 'zh-CN', now: new Date('2026-11-22T20:00:00Z'), ...more });
const codes = (issue: ReturnType<typeof read>) => issue.warnings.map(({ code }) => code);
const sections = (issue: ReturnType<typeof read>) => issue.sections.map(({ title }) => title);

const three = '## Roses\n\nText.\n\n## Beans\n\nText.\n\n## Soil\n\nText.\n';

test.each([1, 2, 3, 4])('equal headings of level %i are sections: none is the title, which is the file’s name or asked for', (level) => {
  const text = three.replaceAll('## ', `${'#'.repeat(level)} `);
  const [named, unnamed, ours] = [
    read(text, { fileName: '2025-03-04-a-week_of_rain.md' }),
    read(text),
    read(text, { newsletter: 'Garden Weekly' }),
  ];

  expect(named).toMatchObject({ title: 'A week of rain', date: '2025-03-04' });
  expect(codes(named)).toEqual(['title_from_file']);
  expect(codes(unnamed)).toContain('no_title');
  expect(ours.title).toBe('Garden Weekly 2026-11-23');
  for (const issue of [named, unnamed, ours]) expect(sections(issue)).toEqual(['Roses', 'Beans', 'Soil']);
});

test('where nothing names an issue, the newsletter’s name and the file’s number do', () => {
  expect(read(three, { newsletter: 'Garden Weekly', fileName: '#16-2018.04.21.md' })).toMatchObject({
    title: 'Garden Weekly 16',
    number: 16,
    date: '2018-04-21',
  });
});

test.each([
  ['a heading above lower ones', `# A rainy week\n\n${three}`, 'A rainy week'],
  ['a lower one alone of its rank', `## A rainy week\n\n${three.replaceAll('## ', '### ')}`, 'A rainy week'],
  ['one below a picture', `![Rain](https://example.org/rain.png)\n\n# A rainy week\n\n${three}`, 'A rainy week'],
  [
    'one below links to other languages',
    `[English](https://example.org/en) | [中文](https://example.org/zh)\n\n# A rainy week\n\n${three}`,
    'A rainy week',
  ],
  ['one of the first rank below a remark', `Published: https://example.org/1\n\n# A rainy week\n\n${three}`, 'A rainy week'],
  ['one among equals that alone has a number', '# Garden Weekly 12\n\n# Roses\n\nText.\n\n# Beans\n\nText.', 'Garden Weekly 12'],
  ['one among equals that alone has a date', '# 2025-03-04\n\n# Roses\n\nText.\n\n# Beans\n\nText.', '2025-03-04'],
  [
    'one among equals that names a newsletter',
    '# Garden Newsletter: a rainy week\n\n# Roses\n\nText.\n\n# Beans\n\nText.',
    'Garden Newsletter: a rainy week',
  ],
  ['a first line that stands alone', 'A rainy week\n\nIt rained, and it rained.', 'A rainy week'],
])('%s is the title', (_what, text, title) => {
  const issue = read(text);

  expect(issue.title).toBe(title);
  expect(codes(issue).filter((code) => code.includes('title'))).toEqual([]);
  expect(sections(issue)).not.toContain(title);
});

test.each(['文章目录', 'Contents', 'Sponsor', '广告', 'Jobs', "Editor's note", '卷首语', '目次'])(
  '%s is never the title, even alone in front',
  (heading) => {
    const issue = read(`# ${heading}\n\nText.\n\n## Roses\n\nText.\n\n## Beans\n\nText.`, { fileName: 'rain.md' });

    expect(issue.title).toBe('Rain');
  },
);

test('a heading that equals the file’s name is the title among its equals', () => {
  expect(read('# Rain and roses\n\n# Beans\n\nText.\n\n# Soil\n\nText.', { fileName: '2025-03-04-rain-and-roses.md' }).title).toBe(
    'Rain and roses',
  );
});

test('a daily news that repeats its heading for each day has no heading for a title', () => {
  const days = [15, 16, 17].map((day) => `### Garden news (2017-05-${day})\n\nText.\n`).join('\n');

  expect(read(days, { fileName: '20170515-20170521.md', newsletter: 'Garden news' })).toMatchObject({
    title: 'Garden news 2017-05-15',
    date: '2017-05-15',
  });
});

test('a title in the metadata is not said again below a picture', () => {
  const issue = read(`---\ntitle: Garden 12\n---\n\n![banner](https://example.org/b.png)\n\n# Garden 12\n\nHello.\n\n${three}`);

  expect(issue.title).toBe('Garden 12');
  expect(sections(issue)).toEqual(['Roses', 'Beans', 'Soil']);
  expect(issue.intro.map(({ kind }) => kind)).toEqual(['image', 'paragraph']);
});

test.each([
  ['its heading', '<title>Garden Site</title><h1>A rainy week</h1><p>Text.</p>'],
  ['its og:title', '<meta property="og:title" content="A rainy week"><title>A rainy week | Garden Site</title><p>Text.</p>'],
  [
    'its title without the site',
    '<meta property="og:site_name" content="Garden Site"><title>A rainy week – Garden Site</title><p>Text.</p>',
  ],
  ['its title without a site that many pages are saved from', '<title>A rainy week - 知乎</title><p>Text.</p>'],
  ['its heading where a program was to fill in its title', '<title>*|MC:SUBJECT|*</title><h1>A rainy week</h1><p>Text.</p>'],
  ['its title, and not the lower heading it begins with', '<title>A rainy week</title><h2>Roses</h2><p>Text.</p>'],
])('a page is called by %s', (_what, page) => {
  expect(read(`<!doctype html><html><body>${page}</body></html>`).title).toBe('A rainy week');
});

test('a long title is kept up to 300 characters, and an editor is told', () => {
  const words = 'roses, beans and soil, '.repeat(20).trim();
  const [kept, cut] = [read(`---\ntitle: "${words.slice(0, 300)}"\n---\nText.`), read(`---\ntitle: "${words}"\n---\nText.`)];

  expect(kept.title).toBe(words.slice(0, 300));
  expect(codes(kept)).not.toContain('long_title');
  expect(cut.title.length).toBeGreaterThan(280);
  expect(cut.title).toMatch(/^roses.{270,}…$/);
  expect(codes(cut)).toContain('long_title');
});

// No newsletter is called so.
const word = fc
  .tuple(fc.constantFrom('Red', 'Old', 'Wild', 'Small', 'Late'), fc.constantFrom('roses', 'beans', 'soil', 'rain', 'seeds', '2 of 3'))
  .map((words) => words.join(' '));

test('of two or more equal headings in front, none vanishes into the title', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 6 }), fc.integer({ min: 1, max: 6 }), (headings, level) => {
      const text = headings.map((heading) => `${'#'.repeat(level)} ${heading}\n\nText.\n`).join('\n');
      const shown = visibleText({ ...read(text, { fileName: 'x-y.md' }), title: '' });

      for (const heading of headings) expect(shown).toContain(heading);
    }),
  );
});

const menu = '<div><a href="/1">Prev</a> Issue before <a href="/">Home</a></div><div>en</div>';

test.each([
  [
    'the heading that alone names its day',
    '<title>Garden Letters: Volume 4</title>',
    '<h2>Issue 4-20, May 19, 1999</h2><h2>Roses</h2><p>Text.</p><h2>Beans, part 2</h2>',
    'Issue 4-20, May 19, 1999',
  ],
  ['the heading that alone counts issues', '<title>Garden Letters</title>', '<h3>Issue 12</h3><p>Text.</p><h3>Beans</h3>', 'Issue 12'],
  [
    'the one heading of the first rank that it is called by as well',
    '<title>Late roses | Garden Letters</title>',
    '<h1>Late roses</h1><p>Text.</p><h2>Soil</h2>',
    'Late roses',
  ],
  [
    'its own name, where several headings name a day',
    '<title>Garden Letters</title>',
    '<h2>4 March 2025</h2><p>Text.</p><h2>5 March 2025</h2>',
    'Garden Letters',
  ],
  [
    'its own name, where the heading is the site’s',
    '<title>Garden Letters 12</title>',
    '<h1>Garden Letters</h1><p>Text.</p>',
    'Garden Letters 12',
  ],
])('below a menu, a page is called by %s', (_what, head, body, title) => {
  expect(read(`<!doctype html><html><head>${head}</head><body>${menu}${body}</body></html>`).title).toBe(title);
});

test('the day of such a heading is the issue’s', () => {
  const page = `<html><head><title>Garden Letters: 1999</title></head><body>${menu}<h2>Issue 4-20, May 19, 1999</h2><p>Text.</p></body></html>`;

  expect(read(page).date).toBe('1999-05-19');
});

test('what a page is called tells its day and number, whatever its heading is', () => {
  const page = '<html><head><title>Garden Weekly #12 – 4 March 2025</title></head><body><h1>A rainy week</h1><p>Text.</p></body></html>';

  expect(read(page)).toMatchObject({ title: 'A rainy week', number: 12, date: '2025-03-04' });
});

test.each([
  [
    'Harbour Guide — June 22–28, 2026',
    '<!doctype html><title>Harbour Guide — June 22–28, 2026</title><body><div>Weekly</div><h1>Harbour <b>Guide</b></h1><p>Tides.</p>',
    [],
  ],
  ['A rainy week - and what grew', `---\ntitle: A rainy week - and what grew\n---\n# A rainy week\n\n${three}`, ['Roses', 'Beans', 'Soil']],
])('the heading that says a part of the title “%s” is no section', (title, text, titles) => {
  const issue = read(text);

  expect(issue.title).toBe(title);
  expect(sections(issue)).toEqual(titles);
});

test.each([
  ['says more than the title', '# A rainy week in the garden of the year: roses', 'A rainy week in the garden of the year: roses'],
  ['leads somewhere', '# [A rainy week](https://example.org/rain)', 'A rainy week'],
  ['has siblings', '# A rainy week\n\nText.\n\n# Beans', 'A rainy week'],
  ['is a word of many', '# A rain', 'A rain'],
])('and one that %s stays', (_why, heading, title) => {
  expect(sections(read(`---\ntitle: A rainy week in the garden of the year\n---\n${heading}\n\nText.\n`))).toContain(title);
});
