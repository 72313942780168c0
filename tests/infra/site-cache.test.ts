import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptedLocale } from '../../functions/public/negotiation.ts';
import { fewerVariants } from '../../infra/parts/site-cache.ts';

type EdgeRequest = { querystring: Record<string, { value: string }>; headers: Record<string, { value: string }> };

const edge = new Function(`${fewerVariants('zh-CN')}; return handler;`)() as (event: { request: EdgeRequest }) => EdgeRequest;

/** What the function behind it sees. */
function seen({ accept, language, lang }: { accept?: string; language?: string; lang?: string }) {
  const request: EdgeRequest = {
    querystring: lang === undefined ? {} : { lang: { value: lang } },
    headers: {
      ...(accept !== undefined && { accept: { value: accept } }),
      ...(language !== undefined && { 'accept-language': { value: language } }),
    },
  };
  const { headers } = edge({ request });
  return { accept: headers.accept?.value, language: headers['accept-language']?.value };
}

const tags = fc.constantFrom('zh', 'zh-CN', 'zh-TW', 'zh-HK', 'zh-Hant', 'zh-Hans-HK', 'ZH-tw', 'en', 'en-GB', 'fr', 'ja', '*', '');
const entries = fc
  .tuple(tags, fc.constantFrom('', ';q=1', ';q=0.9', '; q=0.5', ';q=0.1', ';q=0'), fc.constantFrom('', ' '))
  .map(([tag, weight, space]) => `${space}${tag}${weight}`);

test('the edge chooses the language that the function behind it would have chosen', () => {
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 6 }), (list) => {
      const header = list.join(',');
      expect(seen({ language: header }).language).toBe(acceptedLocale(header, 'zh-CN'));
    }),
  );
});

test('a language in the address outweighs the browser’s, and one that we do not speak says nothing', () => {
  expect(seen({ lang: 'zh-TW', language: 'en' }).language).toBe('zh-TW');
  expect(seen({ lang: 'xx', language: 'en' }).language).toBe('en');
  expect(seen({}).language).toBe('zh-CN');
});

test('browsers get pages, programs JSON', () => {
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  expect([browser, '*/*', 'application/json', undefined].map((accept) => seen(accept === undefined ? {} : { accept }).accept)).toEqual([
    'text/html',
    'application/json',
    'application/json',
    'application/json',
  ]);
});
