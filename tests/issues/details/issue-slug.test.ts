import fc from 'fast-check';
import { expect, test } from 'vitest';
import { issueSlug, slugsBeside } from '../../../functions/issues/details/issue-slug.ts';

const slugOf = (metadata: Record<string, unknown>, more: Partial<Parameters<typeof issueSlug>[0]> = {}) =>
  issueSlug({ metadata: new Map(Object.entries(metadata)), number: null, date: '2025-03-04', title: 'Seeds', ...more });

test.each([
  [{ slug: 'Harbour Weekly 3' }, 'harbour-weekly-3'],
  [{ slug: '/111' }, '111'],
  [{ permalink: '/weekly/2026/harbour-3.html' }, 'harbour-3'],
  [{ permalink: '/en/letters/2018/07/31/' }, '2018-07-31'],
  [{ permalink: 'https://example.org/letters/12/' }, 'letters-12'],
  [{ permalink: '/letters/harbour/index.html' }, 'harbour'],
])('%j in the metadata gives %s', (metadata, slug) => {
  expect(slugOf(metadata)).toBe(slug);
});

test.each([
  { permalink: '/:year/:title/' },
  { permalink: '/letters/{{ page.fileSlug }}/' },
  { permalink: 'pretty' },
  { permalink: '/' },
  { slug: '周报' },
])('%j names no address: the number does', (metadata) => {
  expect(slugOf(metadata, { number: 3 })).toBe('issue-3');
});

test('numbers that begin again each year have the year in the address', () => {
  const titles = ['花园月刊 2025年第3期', '花园月刊 2026年第3期', 'Garden 2025 No. 3', 'Garden #3/2026', 'Garden Monthly 3'];

  expect(titles.map((title) => slugOf({}, { number: 3, title }))).toEqual([
    'issue-2025-3',
    'issue-2026-3',
    'issue-2025-3',
    'issue-2026-3',
    'issue-3',
  ]);
});

test('two spellings of a title are one address, two titles of one day are two: also of dates and of emoji', () => {
  const slugs = ['2025.03.04', '2025.03.11', '🌹', '🌻', '…', '《周报》', '日报'].map((title) => slugOf({}, { title }));

  expect(new Set(slugs).size).toBe(slugs.length);
  expect(slugOf({}, { title: '周报！' })).toBe(slugOf({}, { title: '《周报》' }));
});

test('whatever a file says, its slug is fit for an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.string(), (slug, permalink, title) => {
      expect(slugOf({ slug, permalink }, { title })).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/);
    }),
  );
});

test('beside a slug that is taken there is always a free one, of the year first', () => {
  expect([...slugsBeside('issue-3', '2026-02-01')].slice(0, 3)).toEqual(['issue-3-2026', 'issue-3-2026-02-01', 'issue-3-2']);
  expect([...slugsBeside('2026-02-01-abcdef', '2026-02-01')].slice(0, 1)).toEqual(['2026-02-01-abcdef-2']);
  for (const slug of slugsBeside('a'.repeat(80), '2026-02-01')) expect(slug.length).toBeLessThanOrEqual(80);
});
