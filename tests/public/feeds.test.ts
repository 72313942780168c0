import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Ajv } from 'ajv';
import FeedParser, { type Item } from 'feedparser';
import Parser from 'rss-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { visibleText } from '../../functions/issues/visible-text.ts';
import { anIssue, aParagraph } from '../issues/an-issue.ts';
import { startTable } from '../support/dynamodb.ts';
import { withoutXmllint, xmllint } from '../support/outside-judges.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

const now = new Date('2026-11-27T01:00:00Z');
let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table, { newsletterName: 'Harbour & <Letter>', description: '“Ships” & more' });
});
afterEach(() => database.stop());

async function published(own: Partial<IssueContent> & { slug: string }, at = now) {
  await site.issues.add({ content: anIssue(own), sourceHash: `${own.slug}`.padEnd(64, '.'), now: at });
  await site.issues.archive({ slug: own.slug }, at);
}

/** All that is hard for a feed: markup in titles, CDATA's own end, characters XML has no place for, pictures of this site. */
const awkward: Partial<IssueContent> & { slug: string } = {
  slug: 'awkward',
  title: '桥 & <路> ]]> 𠮷',
  summary: '5 < 6 & "7"',
  images: [{ url: '/images/abc.png', alt: '桥', state: 'kept' }],
  intro: [
    aParagraph('各位好：a ]]&gt; b &amp; c'),
    { kind: 'image', text: '桥', html: '<p><img src="/images/abc.png" alt="桥\u0008"></p>' },
    { kind: 'paragraph', text: 'a link', html: '<p><a href="https://example.org/?a=1&amp;b=2">a link</a></p>' },
  ],
};

const visible = (html = '') =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

test.each(['/feed.xml', '/atom.xml'])('rss-parser reads %s without complaint and finds the full text', async (address) => {
  await published(awkward);

  const { headers, text } = await site.ask('GET', address);
  const feed = await new Parser().parseString(text);

  expect(headers['content-type']).toMatch(/^application\/(rss|atom)\+xml; charset=utf-8$/);
  expect(feed.title).toBe('Harbour & <Letter>');
  expect(feed.items).toHaveLength(1);
  const [entry] = feed.items;
  expect(entry).toMatchObject({
    title: '桥 & <路> ]]> 𠮷',
    link: 'https://news.example.org/archive/awkward',
    isoDate: '2026-11-27T01:00:00.000Z',
  });
  const content = String(entry?.['content:encoded'] ?? entry?.content);
  for (const said of ['各位好：a ]]> b & c', '要闻', '新桥通车', '今早通车。']) expect(visible(content)).toContain(said);
  expect(content).toContain('<img src="https://news.example.org/images/abc.png" alt="桥">');
  expect(content).toContain('<a href="https://example.org/?a=1&amp;b=2">');
});

test.each(['/feed.xml', '/atom.xml'])('feedparser reads %s without complaint and finds the same', async (address) => {
  await published(awkward);

  const items = await parsedByFeedparser((await site.ask('GET', address)).text);

  expect(items).toMatchObject([
    {
      // It takes whatever looks like a tag out of any title.
      title: '桥 &  ]]> 𠮷',
      link: 'https://news.example.org/archive/awkward',
      guid: 'https://news.example.org/archive/awkward',
      pubdate: now,
    },
  ]);
  expect(visible(items[0]?.description ?? '')).toContain('新桥通车');
});

test('the JSON Feed fits the schema of version 1.1 and holds the same', async () => {
  await published(awkward);

  const { headers, text } = await site.ask('GET', '/feed.json');

  const fits = new Ajv({ allErrors: true, formats: { uri: isAddress, 'date-time': isTime } }).compile(schema);
  expect([fits(JSON.parse(text)), fits.errors]).toEqual([true, null]);
  expect(headers['content-type']).toBe('application/feed+json; charset=utf-8');
  expect(JSON.parse(text)).toMatchObject({
    feed_url: 'https://news.example.org/feed.json',
    items: [{ title: '桥 & <路> ]]> 𠮷', summary: '5 < 6 & "7"', language: 'zh-CN', image: 'https://news.example.org/images/abc.png' }],
  });
});

test.skipIf(withoutXmllint).each(['/feed.xml', '/atom.xml', '/sitemap.xml'])(
  'xmllint finds %s well-formed, empty and full',
  async (address) => {
    const empty = await site.ask('GET', address);
    await published(awkward);
    const full = await site.ask('GET', address);

    expect([xmllint(empty.text), xmllint(full.text)]).toEqual(['', '']);
  },
);

test('a feed holds the newest twenty, newest first, in full', async () => {
  for (let n = 1; n <= 22; n += 1)
    await published({ slug: `issue-${n}`, title: `Piece ${n}`, date: `2026-10-${String(n).padStart(2, '0')}` });

  const { items } = JSON.parse((await site.ask('GET', '/feed.json')).text) as { items: { title: string; content_html: string }[] };

  expect(items.map(({ title }) => title)).toEqual(Array.from({ length: 20 }, (_, n) => `Piece ${22 - n}`));
  for (const { content_html: content } of items) expect(content).toContain('今早通车。');
});

test('what is larger than one answer may be is an entry all the same, with a link to read on', async () => {
  const long = aParagraph('长'.repeat(600_000));
  for (const n of [1, 2])
    await published({ slug: `long-${n}`, title: `Long ${n}`, date: `2026-10-0${n}`, summary: `About ${n}`, intro: [long] });

  const { text } = await site.ask('GET', '/feed.json');

  const { items } = JSON.parse(text) as { items: { content_html: string }[] };
  expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(6_000_000);
  expect(items.map(({ content_html: content }) => content.length > 600_000)).toEqual([true, false]);
  expect(items[1]?.content_html).toContain('<a href="https://news.example.org/archive/long-1">');
});

test('a program that asks again is told that nothing has changed, by tag or by time, until something has', async () => {
  await published({ slug: 'bridges', title: 'Bridges' });
  const first = await site.ask('GET', '/feed.xml');
  const { etag = '', 'last-modified': lastModified = '' } = first.headers;

  const byTag = await site.ask('GET', '/feed.xml', { headers: { 'if-none-match': etag } });
  const byTime = await site.ask('GET', '/feed.xml', { headers: { 'if-modified-since': lastModified } });
  const later = new Date('2026-11-28T01:00:00Z');
  await site.issues.replace({ content: anIssue({ slug: 'bridges', title: 'Bridges, corrected' }), sourceHash: 'c'.repeat(64), now: later });
  const corrected = await site.ask('GET', '/feed.xml', { headers: { 'if-none-match': etag, 'if-modified-since': lastModified } });
  const correctedByTime = await site.ask('GET', '/feed.xml', { headers: { 'if-modified-since': lastModified } });

  expect(lastModified).toBe(now.toUTCString());
  expect([byTag, byTime].map(({ status, text }) => [status, text])).toEqual([
    [304, ''],
    [304, ''],
  ]);
  expect([corrected, correctedByTime].map(({ status, text }) => [status, text.includes('corrected')])).toEqual([
    [200, true],
    [200, true],
  ]);
});

test('a draft, and an issue that was taken down, is in no feed and not in the sitemap', async () => {
  await published({ slug: 'kept' });
  await published({ slug: 'taken-down' });
  await site.issues.takeForDigest('taken-down', 'd', ['draft']);
  await site.issues.markSent('taken-down', 'd');
  await site.issues.delete('taken-down', now);
  await site.issues.add({ content: anIssue({ slug: 'draft' }), sourceHash: 'd'.repeat(64), now });

  const documents = await Promise.all(['/feed.xml', '/atom.xml', '/feed.json', '/sitemap.xml'].map((address) => site.ask('GET', address)));

  for (const { text } of documents) {
    expect(text).toContain('https://news.example.org/archive/kept');
    expect(text).not.toMatch(/archive\/(taken-down|draft)/);
  }
});

test('the sitemap has no issue whose text is at home elsewhere, until a new text says otherwise', async () => {
  await published({ slug: 'kept' });
  await published({ slug: 'own', canonical: 'https://news.example.org/archive/own' });
  await published({ slug: 'guest', canonical: 'https://elsewhere.example.com/guest' });

  const first = await site.ask('GET', '/sitemap.xml');
  const { canonical: _gone, ...own } = anIssue({ slug: 'guest' });
  await site.issues.replace({ content: own, sourceHash: 'e'.repeat(64), now });
  const second = await site.ask('GET', '/sitemap.xml');

  const issuesIn = (text: string) => [...text.matchAll(/archive\/(\w+)</g)].map(([, slug]) => slug).sort();
  expect(issuesIn(first.text)).toEqual(['kept', 'own']);
  expect(issuesIn(second.text)).toEqual(['guest', 'kept', 'own']);
  expect((await site.ask('GET', '/archive/guest')).status).toBe(200);
});

test('every page leads to the feeds, and robots to the sitemap', async () => {
  await published({ slug: 'bridges' });

  const pages = await Promise.all(['/', '/archive', '/archive/bridges'].map((address) => site.ask('GET', address)));
  const robots = await site.ask('GET', '/robots.txt');

  for (const { text } of pages)
    expect([...text.matchAll(/<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"/g)].map(([, type, href]) => [type, href])).toEqual([
      ['application/rss+xml', '/feed.xml'],
      ['application/atom+xml', '/atom.xml'],
      ['application/feed+json', '/feed.json'],
    ]);
  expect(robots.text).toContain('Sitemap: https://news.example.org/sitemap.xml');
});

test('the text of an entry is all of the issue’s', async () => {
  await published(awkward);

  const { items } = JSON.parse((await site.ask('GET', '/feed.json')).text) as { items: { content_html: string }[] };

  const squeezed = (text: string) => text.replace(/\s+/g, '');
  const shown = squeezed(visible(items[0]?.content_html));
  for (const line of visibleText({ ...anIssue(awkward), title: '' })
    .split('\n')
    .filter((line) => line !== '桥'))
    expect(shown).toContain(squeezed(visible(line)));
});

const schema = JSON.parse(readFileSync(new URL('../fixtures/feeds/json-feed-1.1.schema.json', import.meta.url), 'utf8')) as object;
const isAddress = (text: string) => URL.canParse(text);
const isTime = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);

function parsedByFeedparser(text: string): Promise<Item[]> {
  return new Promise((resolve, reject) => {
    const items: Item[] = [];
    const parser = new FeedParser({ normalize: true });
    parser.on('error', reject);
    parser.on('data', (item: Item) => items.push(item));
    parser.on('end', () => resolve(items));
    Readable.from([text]).pipe(parser);
  });
}

test('an issue’s authors are named in each feed, and the publisher where a file names none', async () => {
  await published({ slug: 'signed', authors: ['Ann', 'Bob & Co'] });
  await published({ slug: 'unsigned' });

  const rss = (await site.ask('GET', '/feed.xml')).text;
  const atom = (await site.ask('GET', '/atom.xml')).text;
  const json = JSON.parse((await site.ask('GET', '/feed.json')).text);

  expect(rss).toContain('<dc:creator>Ann</dc:creator><dc:creator>Bob &amp; Co</dc:creator>');
  expect(rss.match(/<dc:creator>/g)).toHaveLength(3);
  expect(atom).toContain('<author><name>Ann</name></author>');
  expect(json.items.find(({ url }: { url: string }) => url.endsWith('/signed')).authors).toEqual([{ name: 'Ann' }, { name: 'Bob & Co' }]);
});

test('the page of an issue names its authors, and the address where it was published first', async () => {
  await published({ slug: 'signed', authors: ['Ann'], canonical: 'https://first.example.org/a?b=1&c=2' });

  const { text } = await site.ask('GET', '/archive/signed');

  expect(text).toContain('<link rel="canonical" href="https://first.example.org/a?b=1&amp;c=2">');
  expect(text).toContain('<meta name="author" content="Ann">');
  expect(text).toMatch(/<p class="kicker">.*作者：Ann<\/p>/);
});
