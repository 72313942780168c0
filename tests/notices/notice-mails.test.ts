import { caniemail } from 'caniemail';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { fallbacks } from '../emails/client-fallbacks.ts';
import { noticeMails } from './notice-mails.ts';

const unix = (text: string | false | undefined) => (text || '').replaceAll('\r\n', '\n').trimEnd();

test.each(noticeMails)('mailparser and postal-mime read the same in every part of $name', async ({ locale, written }) => {
  const { eml, html, text, subject } = await written;

  const [theirs, others] = [await simpleParser(Buffer.from(eml), { skipTextToHtml: true }), await PostalMime.parse(eml)];

  expect([unix(theirs.html), unix(others.html)]).toEqual([html.trimEnd(), html.trimEnd()]);
  expect([unix(theirs.text), unix(others.text)]).toEqual([text.trimEnd(), text.trimEnd()]);
  expect([theirs.subject, others.subject]).toEqual([subject, subject]);
  expect([theirs.headers.get('auto-submitted'), theirs.headers.get('content-language')]).toEqual(['auto-generated', locale]);
});

test.each(noticeMails)('both parts of $name say the same', async ({ written }) => {
  const { html, text } = await written;
  const words = html
    .replaceAll('&#8202;', '')
    .replace(/<(style|title|head)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replace(
      /&(lt|gt|amp|#39|quot);/g,
      (entity) => ({ '&lt;': '<', '&gt;': '>', '&amp;': '&', '&#39;': "'", '&quot;': '"' })[entity] ?? entity,
    );
  const lines = words.split('\n').map((line) => line.replace(/[\s\u200c\u00a0]+/g, ' ').trim());

  const missing = lines.filter((line) => line !== '' && !line.split(' · ').every((part) => text.includes(part)));
  expect(missing).toEqual([]);
});

test('notices use nothing that some mail program does not know and whose fallback is not written down', async () => {
  const pages = await Promise.all(noticeMails.map(async ({ written }) => (await written).html));
  const found = pages.flatMap((html) => [
    ...caniemail({ clients: ['gmail.*', 'apple-mail.*', 'outlook.*', 'samsung-email.android'], html }).issues.errors.values(),
  ]);
  const titles = new Set(found.flat().map(({ title }) => title));

  expect([...titles].filter((title) => !fallbacks[title])).toEqual([]);
});

test('a title with markup in it stays a title', async () => {
  const { html, text } = (await noticeMails.find(({ name }) => name === 'day-before-en')?.written) ?? { html: '', text: '' };

  expect(html).toContain('Ten things to do on a &lt;rainy&gt; day &amp; night');
  expect(text).toContain('- Ten things to do on a <rainy> day & night');
});
