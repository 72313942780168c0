import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmWords } from '../../functions/public/confirming/confirm-page.ts';
import { pageHref } from '../../functions/public/page-layout.ts';
import { signUpWords } from '../../functions/public/sign-up-form.ts';
import { linkTo } from '../../functions/subscribers/reader-links.ts';
import { readerLocales } from '../../functions/words/locale.ts';
import { startTable } from '../support/dynamodb.ts';
import { readerSite, someSettings } from './reader-site.ts';

let database: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  database = await startTable();
});
afterAll(() => database.stop());

test('every page allows its own style and nothing else, and tells browsers to keep to https', async () => {
  const { ask } = readerSite(database.table);

  const pages = [await ask('GET', '/'), await ask('GET', '/confirm?t=x'), await ask('GET', '/unsubscribe?t=x')];

  for (const { headers, text } of pages) {
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'strict-transport-security': 'max-age=31536000' });
    expect(text).not.toMatch(/<script| style="/);
  }
});

test('the switch of languages leads to a page of this site, whatever path was asked for', () => {
  const origin = 'https://news.example.org';
  const hostOf = (path: string) => new URL(pageHref({ path }, 'en'), `${origin}/archive`).host;
  const piece = fc.constantFrom('/', '\\', 'evil.example', '.', '..', '%2f', '%5c', '@', ':', 'archive', '#', 'x', '*');

  expect(['//evil.example/', '/\\evil.example', '\\/evil.example/x', '///evil.example', '/archive'].map(hostOf)).toEqual(
    new Array(5).fill('news.example.org'),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => hostOf(`/${pieces.join('')}`) === 'news.example.org'));
});

test('a name with markup in it stays a name', async () => {
  const { ask } = readerSite(database.table, { newsletterName: '<i>A & "B"</i>', description: '</p><b>' });

  const { text } = await ask('GET', '/');

  expect(text).not.toMatch(/<i>|<b>/);
  expect(text).toContain('&lt;i&gt;A &amp; &quot;B&quot;&lt;/i&gt;');
});

test('words of the newsletter that are in another language than the page say so', async () => {
  const { ask } = readerSite(database.table, { newsletterName: '港口来信', locale: 'zh-CN' });

  const { text } = await ask('GET', '/?lang=en');

  expect(text).toMatch(/<html lang="en" dir="ltr">[\s\S]*<h1 lang="zh-CN">港口来信<\/h1>/);
});

test('the language switch of a page behind a token keeps the token', async () => {
  const { ask, ring, idOf } = readerSite(database.table);
  const href = linkTo(ring, '', { purpose: 'unsubscribe', id: idOf('ada@example.org') });

  const { text } = await ask('GET', href);

  expect(text).toContain(`href="${href}&amp;lang=zh-CN"`);
});

test('the front page and the archive have an address in each language, and say so to search engines', async () => {
  const { ask } = readerSite(database.table);

  const pages = [await ask('GET', '/?lang=zh-TW'), await ask('GET', '/archive?lang=zh-TW')];

  for (const [n, path] of ['/', '/archive'].entries()) {
    expect(pages[n]?.text).toContain(`<link rel="canonical" href="https://news.example.org${path}?lang=zh-TW">`);
    const others = [...(pages[n]?.text ?? '').matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/g)];
    expect(others.map(([, language, href]) => [language, href])).toEqual([
      ...['zh-CN', 'zh-TW', 'en'].map((language) => [language, `https://news.example.org${path}?lang=${language}`]),
      ['x-default', `https://news.example.org${path}`],
    ]);
  }
});

test('robots keep away from what tokens open', async () => {
  const { ask } = readerSite(database.table);

  const { headers, text } = await ask('GET', '/robots.txt');

  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(text).toContain('Disallow: /unsubscribe');
});

test('what people agree to has a version of its own for each wording, language and setting, and names where links lead', () => {
  const site = { origin: 'https://news.example.org', settings: someSettings(), region: 'ap-southeast-1', formStamp: () => 'stamp' };
  const elsewhere = { ...site, settings: someSettings({ legalName: 'Other Press Ltd' }) };
  const asking = { ...site, settings: someSettings({ askTransferAbroad: true }) };

  const wordings = [site, elsewhere, asking].flatMap((each) =>
    readerLocales.flatMap((locale) => [signUpWords(each, locale), confirmWords(each, locale, false), confirmWords(each, locale, true)]),
  );

  // The confirming page with one button does not ask about transfer abroad, so its words are the same with and without that box.
  expect(new Set(wordings.map(({ version }) => version)).size).toBe(24);
  expect(signUpWords(asking, 'en').text).toContain('I agree separately to this: so that I can receive Harbour Letter');
  expect(signUpWords(site, 'en').text).toContain('privacy notice (https://example.org/privacy)');
  expect(signUpWords(site, 'zh-TW').version).toMatch(/^sign-up\.zh-TW\.[0-9a-f]{12}$/);
});
