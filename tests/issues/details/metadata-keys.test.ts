import { expect, test } from 'vitest';
import { said, unusedIn, valuesOf } from '../../../functions/issues/details/metadata-keys.ts';

const metadata = (value: object) => new Map(Object.entries(value));

test('a key is known by its letters, however it is written', () => {
  for (const key of ['publishedAt', 'published_at', 'published-at', 'PublishedAt', 'published at'])
    expect(said(metadata({ [key]: '2025-03-04' }), 'date'), key).toBe('2025-03-04');
});

test('the most exact name goes first, and outside before inside', () => {
  expect(said(metadata({ created: '1', date: '2', extra: { date: '3' } }), 'date')).toBe('2');
  expect(valuesOf(metadata({ extra: { date: '3' }, params: { seo: { published: '4' } } }), 'date')).toEqual(['3', '4']);
});

test('what is nested in something of its own is no key of the issue', () => {
  expect(said(metadata({ book: { title: 'Another' } }), 'title')).toBeUndefined();
});

test('elements that VitePress puts into a page’s head are read', () => {
  const head = [
    ['meta', { name: 'twitter:card', content: 'summary' }],
    ['meta', { property: 'og:title', content: 'Garden' }],
  ];

  expect(said(metadata({ head }), 'title')).toBe('Garden');
});

test('what has no effect is named by what it means', () => {
  expect(unusedIn(metadata({ layout: 'post', tags: ['a'], title: 'b' }))).toEqual([]);
  expect(unusedIn(metadata({ from: 'ann@example.org', segment: 'a', embargo: '2026-12-01' }))).toEqual(['sender', 'audience', 'embargo']);
});

test('names that every object has are no metadata', () => {
  expect(valuesOf(metadata(JSON.parse('{"constructor": "x", "toString": "y", "extra": {"__proto__": {"title": "z"}}}')), 'title')).toEqual(
    [],
  );
});
