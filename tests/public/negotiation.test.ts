import { expect, test } from 'vitest';
import { acceptedLocale, prefersHtml } from '../../functions/public/negotiation.ts';

const prefers = (accept?: string) =>
  prefersHtml({
    method: 'GET',
    path: '/',
    params: {},
    query: new URLSearchParams(),
    headers: accept === undefined ? {} : { accept },
    body: new Uint8Array(),
    sourceAddress: '',
  });

test.each([
  ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['an old browser', 'application/xhtml+xml, */*;q=0.1', true],
  ['a program that says nothing', undefined, false],
  ['a program that takes anything', '*/*', false],
  ['a program that takes any text', 'text/*', false],
  ['a program that wants JSON', 'application/json', false],
  ['a program that would rather have JSON', 'text/html;q=0.5, application/json;q=0.9', false],
  ['a program that would rather have a page', 'application/json;q=0.5, Text/HTML;q=0.9', true],
  ['a program that refuses pages', 'text/html;q=0, */*', false],
  ['nonsense', ';;,q=,/', false],
])('%s gets what it asks for', (_who, accept, page) => {
  expect(prefers(accept)).toBe(page);
});

test.each([
  [undefined, 'zh-CN'],
  ['fr, ja;q=0.9', 'zh-CN'],
  ['fr, en;q=0.5', 'en'],
  ['en;q=0.5, zh-HK;q=0.8', 'zh-TW'],
  ['en;q=0, zh-Hant', 'zh-TW'],
  ['*', 'zh-CN'],
])('of the languages %s readers get %s', (header, locale) => {
  expect(acceptedLocale(header, 'zh-CN')).toBe(locale);
});
