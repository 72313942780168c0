import { afterEach, beforeEach, expect, test } from 'vitest';
import { previewLink } from '../../functions/digests/preview-link.ts';
import { publishDigest } from '../../functions/digests/publish-digest.ts';
import type { IssueContent, IssueMeta } from '../../functions/issues/issue.ts';
import { saveForPreview } from '../../functions/issues/issue-contents.ts';
import { findIssues } from '../../functions/public/archive/find-issues.ts';
import { issuePage } from '../../functions/public/archive/issue-page.ts';
import { anIssue, aParagraph } from '../issues/an-issue.ts';
import { startTable } from '../support/dynamodb.ts';
import { type ReaderSite, readerSite, someSettings } from './reader-site.ts';

const now = new Date('2026-11-27T01:00:00Z');
let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table);
});
afterEach(() => database.stop());

const upload = (own: Partial<IssueContent>) => site.issues.add({ content: anIssue(own), sourceHash: `${own.slug}`.padEnd(64, '.'), now });

/** An issue as readers see it: in a digest whose first mail has gone out. */
async function sent(own: Partial<IssueContent> & { slug: string }) {
  await upload(own);
  await site.issues.queue(own.slug, now);
  await site.issues.takeForDigest(own.slug, '2026-11-27T0100Z', ['queued']);
  await site.issues.archive({ slug: own.slug }, now);
  await site.issues.markSent(own.slug, '2026-11-27T0100Z');
}

test('an issue is public once SES has taken a mail of it, and nowhere before', async () => {
  await upload({ slug: 'bridges', title: 'The bridges' });
  const before = [await site.ask('GET', '/archive/bridges'), await site.ask('GET', '/archive'), await site.ask('GET', '/')];

  await site.issues.archive({ slug: 'bridges' }, now);
  const after = [await site.ask('GET', '/archive/bridges'), await site.ask('GET', '/archive'), await site.ask('GET', '/')];

  expect(before.map(({ status, text }) => [status, text.includes('The bridges')])).toEqual([
    [404, false],
    [200, false],
    [200, false],
  ]);
  expect(after.map(({ status, text }) => [status, text.includes('The bridges')])).toEqual([
    [200, true],
    [200, true],
    [200, true],
  ]);
});

test('from the first claim on an issue’s own page answers, since mails link to it; nothing leads there until SES has taken one', async () => {
  const id = '2026-11-27T0100Z';
  await upload({ slug: 'bridges', title: 'The bridges' });
  await site.issues.queue('bridges', now);
  await site.digests.open({ id, kind: 'slot', scheduledFor: now.toISOString(), frozenAt: now.toISOString() });
  await site.issues.takeForDigest('bridges', id, ['queued']);
  await site.digests.freezeIssues(id, [{ slug: 'bridges', contentHash: 'x', title: 'The bridges', date: '2026-11-27' }]);
  const pages = ['/archive/bridges', `/archive/digests/${id}`, '/archive', '/', '/feed.xml', '/atom.xml', '/feed.json', '/sitemap.xml'];
  const shown = () =>
    Promise.all(
      pages.map(async (page) => {
        const { status, text } = await site.ask('GET', page);
        return status === 200 && /bridges/i.test(text);
      }),
    );

  const taken = await shown();
  await site.digests.start(id, now);
  const claimed = await shown();
  await publishDigest(await mustFind(id), { ...site, announce: async () => undefined, now: () => now });

  expect(taken).toEqual(pages.map(() => false));
  expect(claimed).toEqual(pages.map((page) => page.includes('archive/')));
  expect(await shown()).toEqual(pages.map(() => true));
});

async function mustFind(id: string) {
  const digest = await site.digests.find(id);
  if (!digest) throw new Error('There is no digest.');
  return digest;
}

test('an issue’s page holds all of it, in order, in its own language', async () => {
  const item = { number: 1, title: '新桥通车', url: 'https://example.org/bridge', blocks: [aParagraph('今早通车。')] };
  await sent({
    slug: 'bridges',
    title: '桥 & 路',
    intro: [aParagraph('各位好。')],
    sections: [{ title: '要闻', blocks: [], items: [item] }],
    closing: [aParagraph('再会。')],
  });

  const { text, headers } = await site.ask('GET', '/archive/bridges');

  expect(text).toContain('<html lang="en" dir="ltr">');
  expect(text).toContain('<article class="issue" lang="zh-CN">');
  expect(text.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')).toMatch(/桥 &amp; 路 ?各位好。 ?要闻 ?1 新桥通车 ?今早通车。 ?再会。/);
  expect(text).toContain('<a href="https://example.org/bridge">新桥通车</a>');
  expect(headers['content-security-policy']).toContain("img-src 'self' https:");
});

test('a page shows marks as they were written, and one rule above the closing, as the mail does', async () => {
  const items = [{ number: 2, mark: '（2）', title: '第二件', url: null, blocks: [] }];
  const rule = { kind: 'rule' as const, text: '', html: '<hr />' };
  await sent({ slug: 'marked', sections: [{ title: '要闻', blocks: [], items }], closing: [rule, aParagraph('再会。'), rule] });

  const { text } = await site.ask('GET', '/archive/marked');

  expect(text).toContain('<span class="n">（2）</span> 第二件');
  expect(text).toContain('<div class="closing"><p>再会。</p></div>');
});

test('an issue that was taken down says so', async () => {
  await sent({ slug: 'bridges' });
  await site.issues.delete('bridges', now);

  const { status, text } = await site.ask('GET', '/archive/bridges');

  expect([status, text.includes('withdrawn')]).toEqual([410, true]);
});

test('a digest of several issues has a page with its contents and each of them', async () => {
  await sent({ slug: 'one', title: 'First piece' });
  await sent({ slug: 'two', title: 'Second piece' });
  const frozen = ['one', 'two'].map((slug) => ({ slug, contentHash: 'x', title: slug, date: '2026-11-20' }));
  await site.digests.open({ id: '2026-11-27T0100Z', kind: 'slot', scheduledFor: now.toISOString(), frozenAt: now.toISOString() });
  await site.digests.freezeIssues('2026-11-27T0100Z', frozen);
  const before = await site.ask('GET', '/archive/digests/2026-11-27T0100Z');

  await site.digests.start('2026-11-27T0100Z', now);
  const { status, text } = await site.ask('GET', '/archive/digests/2026-11-27T0100Z');

  expect([before.status, status]).toEqual([404, 200]);
  expect(text).toMatch(/href="#i2"[^>]*>Second piece[\s\S]*First piece<\/h2>[\s\S]*id="i2">Second piece/);
});

test('a weekly digest leads to the one before it and the one after it, past weeks without any and past what is unlisted', async () => {
  const weekly = async (slot: string, slugs: readonly string[], kind: 'slot' | 'issue' = 'slot') => {
    const date = slot.slice(0, 10);
    const at = new Date(`${date}T01:00:00Z`).toISOString();
    const id = kind === 'issue' ? `issue-${slugs[0]}` : slot;
    await site.digests.open({ id, kind, scheduledFor: at, frozenAt: at });
    for (const slug of slugs) await sent({ slug, date });
    await site.digests.freezeIssues(
      id,
      slugs.map((slug) => ({ slug, contentHash: 'x', title: slug, date })),
    );
    if (slugs.length === 0) return;
    await site.digests.start(id, new Date(at));
    await site.digests.publish(id, new Date(at));
  };
  await weekly('2026-10-02T0100Z', ['a', 'b']);
  await weekly('2026-10-09T0100Z', []);
  await weekly('2026-10-16T0100Z', ['c', 'd']);
  await weekly('2026-10-20T0100Z', ['alone'], 'issue');
  await weekly('2026-10-23T0100Z', ['e']);
  await weekly('2026-10-30T0100Z', ['f', 'g']);
  await site.issues.delete('e', now);

  const pages = await Promise.all(['02', '16', '30'].map((day) => site.ask('GET', `/archive/digests/2026-10-${day}T0100Z?lang=en`)));
  const alone = await site.ask('GET', '/archive/digests/issue-alone?lang=en');

  const led = ({ text }: { text: string }) =>
    Array.from(text.matchAll(/<a rel="(prev|next)" href="([^?]+)/g), ([, rel, path]) => `${rel} ${path}`);
  expect(pages.map(led)).toEqual([
    ['next /archive/digests/2026-10-16T0100Z'],
    ['prev /archive/digests/2026-10-02T0100Z', 'next /archive/digests/2026-10-30T0100Z'],
    ['prev /archive/digests/2026-10-16T0100Z'],
  ]);
  expect(pages[1]?.text).toContain('Friday, October 30, 2026');
  expect(led(alone)).toEqual(['prev /archive/d', 'next /archive/f']);
});

test('a long archive is walked page by page, newest first, without a gap', async () => {
  for (let n = 1; n <= 25; n += 1) await sent({ slug: `issue-${n}`, title: `Piece ${n}.`, date: `2026-10-${String(n).padStart(2, '0')}` });

  const first = await site.ask('GET', '/archive');
  const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.text) ?? [];
  const second = await site.ask('GET', next.replaceAll('&amp;', '&'));

  const titles = [first, second].flatMap(({ text }) => [...text.matchAll(/Piece \d+/g)].map(([title]) => title));
  expect(titles).toEqual(Array.from({ length: 25 }, (_, n) => `Piece ${25 - n}`));
  expect(second.text).not.toContain('rel="next"');
});

test('a search finds titles by any part of them, Chinese or Latin, in any form, newest first', async () => {
  await sent({ slug: 'chain', title: '全国首次区块链技术能力测试', date: '2026-10-01', number: 41 });
  await sent({ slug: 'rust', title: 'This Week in Ｒｕｓｔ', date: '2026-10-02', number: 42 });
  await sent({ slug: 'both', title: '区块链与 Rust', date: '2026-10-03', number: 43 });
  const titlesFor = async (query: string) => {
    const { text } = await site.ask('GET', `/archive?lang=zh-CN&q=${encodeURIComponent(query)}`);
    return [...text.matchAll(/<h2><a[^>]*>([^<]+)</g)].map(([, title]) => title);
  };

  const found = await Promise.all(['块链', 'rust', ' RUST　区块 ', '41', '没有这个'].map(titlesFor));

  expect(found).toEqual([
    ['区块链与 Rust', '全国首次区块链技术能力测试'],
    ['区块链与 Rust', 'This Week in Ｒｕｓｔ'],
    ['区块链与 Rust'],
    ['全国首次区块链技术能力测试'],
    [],
  ]);
});

test('what was searched for stays in the field, as text, and no search engine keeps the answer', async () => {
  const { text } = await site.ask('GET', `/archive?q=${encodeURIComponent('"><script>x</script>')}`);

  expect(text).toContain('value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
  expect(text).not.toContain('<script');
  expect(text).toContain('<meta name="robots" content="noindex, follow">');
});

test('a search reads a bounded number of issues and says where it goes on', async () => {
  const looked: (string | undefined)[] = [];
  const endless = {
    archived: async ({ limit, before }: { limit: number; before?: string | undefined }) => {
      looked.push(before);
      return { issues: [], next: `2026-01-01#page-${looked.length}`, limit };
    },
  };

  const answer = await findIssues('桥', { limit: 20 }, endless);

  expect(looked).toHaveLength(4);
  expect(answer).toEqual({ issues: [], next: '2026-01-01#page-4' });
});

test('an issue leads to the one before it and the one after it', async () => {
  for (const n of [1, 2, 3]) await sent({ slug: `issue-${n}`, title: `Piece ${n}`, date: `2026-10-0${n}` });

  const pages = await Promise.all([1, 2, 3].map((n) => site.ask('GET', `/archive/issue-${n}`)));

  const links = pages.map(({ text }) =>
    [...text.matchAll(/rel="(prev|next)" href="\/archive\/([^?]+)\?/g)].map(([, rel, slug]) => [rel, slug]),
  );
  expect(links).toEqual([
    [['next', 'issue-2']],
    [
      ['prev', 'issue-1'],
      ['next', 'issue-3'],
    ],
    [['prev', 'issue-2']],
  ]);
});

test('an issue’s page has one address for all languages, and says what a link to it should look like', async () => {
  const picture = { url: '/images/abc.png', alt: '桥', state: 'kept' as const };
  await sent({ slug: 'bridges', title: '桥 & 路', summary: '两座新桥', images: [picture] });

  const pages = await Promise.all(['zh-CN', 'zh-TW', 'en'].map((lang) => site.ask('GET', `/archive/bridges?lang=${lang}`)));

  for (const { text } of pages) {
    expect(text).toContain('<link rel="canonical" href="https://news.example.org/archive/bridges">');
    expect(text).toContain('<meta property="og:title" content="桥 &amp; 路">');
    expect(text).toContain('<meta property="og:description" content="两座新桥">');
    expect(text).toContain('<meta property="og:image" content="https://news.example.org/images/abc.png">');
    expect(text).toContain('<meta property="og:locale" content="zh_CN">');
  }
});

test('headings of a text are below the one they are under, and none is passed over', async () => {
  const headings = ['h2', 'h4', 'h3'].map((name) => ({ kind: 'heading' as const, text: name, html: `<${name}>was ${name}</${name}>` }));
  const item = { number: 1, title: 'An item', url: null, blocks: headings };
  await sent({ slug: 'deep', title: 'Deep', intro: headings.slice(0, 1), sections: [{ title: '', blocks: [], items: [item] }] });

  const { text } = await site.ask('GET', '/archive/deep');

  const article = /<article[\s\S]*<\/article>/.exec(text)?.[0] ?? '';
  const levels = [...article.matchAll(/<h(\d)[^>]*>(?:<span class="n">1<\/span> )?([^<]*)<\/h\1>/g)].map(([, level, said]) => [
    Number(level),
    said,
  ]);
  expect(levels).toEqual([
    [1, 'Deep'],
    [2, 'was h2'],
    [2, 'An item'],
    [3, 'was h2'],
    [4, 'was h4'],
    [4, 'was h3'],
  ]);
});

test('what may be wider than a telephone scrolls by keyboard too', async () => {
  const blocks = ['<pre><code>x</code></pre>', '<table><tbody><tr><td>1</td><td colspan="2" align="right">2</td></tr></tbody></table>'];
  await sent({ slug: 'wide', intro: blocks.map((html) => ({ kind: 'code', text: 'x', html })) });

  const { text } = await site.ask('GET', '/archive/wide');

  expect(text).toContain('<td colspan="2" class="right">2</td>');
  expect(text).toMatch(/<pre tabindex="0">[\s\S]*<div class="wide" tabindex="0"><table>[\s\S]*<\/table><\/div>/);
});

test('readers in Taiwan, Hong Kong and Macau get pages in traditional script', async () => {
  const pages = await Promise.all(
    ['zh-TW', 'zh-HK,zh;q=0.9', 'zh-Hant-MO', 'zh-Hans-HK', 'zh'].map((language) => site.ask('GET', '/archive', { language })),
  );

  const languages = pages.map(({ text }) => /<html lang="([^"]+)"/.exec(text)?.[1]);
  expect(languages).toEqual(['zh-TW', 'zh-TW', 'zh-TW', 'zh-CN', 'zh-CN']);
  expect(pages[0]?.text).toContain('過往各期');
});

test('a browser that has a page already is told that it has not changed, until it has', async () => {
  await sent({ slug: 'bridges', title: 'The bridges' });
  const first = await site.ask('GET', '/archive/bridges');
  const etag = first.headers.etag ?? '';

  const again = await site.ask('GET', '/archive/bridges', { headers: { 'if-none-match': `"other", W/${etag}` } });
  await site.issues.replace({ content: anIssue({ slug: 'bridges', title: 'The bridges, corrected' }), sourceHash: 'c'.repeat(64), now });
  const corrected = await site.ask('GET', '/archive/bridges', { headers: { 'if-none-match': etag } });

  expect(first.headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=240');
  expect([again.status, again.text]).toEqual([304, '']);
  expect([corrected.status, corrected.text.includes('corrected')]).toEqual([200, true]);
});

test('the pages of an unlisted issue work, and no search engine lists them', () => {
  const settings = someSettings();
  const meta = { slug: 'quiet', updatedAt: now.toISOString(), unlisted: true } as unknown as IssueMeta;

  const page = issuePage(
    { origin: 'https://news.example.org', settings, region: 'x', formStamp: () => 'stamp' },
    'en',
    { meta, content: anIssue() },
    {},
  );

  expect(page.hidden).toBe(true);
});

test('a person who has read an issue can sign up on its page, and is told there what the sign-up page tells', async () => {
  await sent({ slug: 'bridges' });

  const { text } = await site.ask('GET', '/archive/bridges?lang=en');

  expect(text).toMatch(/<form class="card" method="post" action="\/subscribe"/);
  for (const said of ['Harbour Press Ltd', 'every Friday at 09:00', 'unsubscribe link', 'Singapore']) expect(text).toContain(said);
});

test('an unlisted issue is read by a person who has its address, and found by nobody', async () => {
  await sent({ slug: 'quiet', title: 'A quiet piece', unlisted: true });

  const page = await site.ask('GET', '/archive/quiet');
  const lists = [await site.ask('GET', '/archive'), await site.ask('GET', '/')];

  expect([page.status, page.text.includes('A quiet piece')]).toEqual([200, true]);
  expect(page.text).toContain('<meta name="robots" content="noindex">');
  expect(page.headers['x-robots-tag']).toContain('noindex');
  for (const { text } of lists) expect(text).not.toContain('A quiet piece');
});

test('the link of a test mail shows a draft to a person who holds it, and keeps it out of every index', async () => {
  await upload({ slug: 'draft-1', title: 'A draft' });
  const link = new URL(previewLink(site.ring, 'https://news.example.org', { slug: 'draft-1' }, now));

  const page = await site.ask('GET', `${link.pathname}${link.search}`);
  const forged = await site.ask('GET', `${link.pathname}?preview=1.k1.x`);

  expect([page.status, page.text.includes('A draft'), forged.status]).toEqual([200, true, 400]);
  expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
});

test('the link of a text that is no issue shows that text, whatever an issue of that name says later', async () => {
  const shown = anIssue({ slug: 'proposed', title: 'A proposal' });
  const contentHash = await saveForPreview(database.table, shown, new Date('2027-01-01T00:00:00Z'));
  const link = new URL(previewLink(site.ring, 'https://news.example.org', { slug: 'proposed', contentHash }, now));
  const look = () => site.ask('GET', `${link.pathname}${link.search}`);

  const before = await look();
  await upload({ slug: 'proposed', title: 'What was uploaded' });
  const after = await look();

  expect([before, after].map(({ status, text }) => [status, text.includes('A proposal')])).toEqual([
    [200, true],
    [200, true],
  ]);
  expect(after.text).not.toContain('What was uploaded');
});

test('an issue that went out elsewhere is in archive, feeds and sitemap, under its own date', async () => {
  await upload({ slug: 'in-2019', title: 'Years ago', date: '2019-05-03' });
  await site.issues.archivePast('in-2019', now);

  const [page, feed, sitemap] = await Promise.all(['/archive/in-2019', '/feed.json', '/sitemap.xml'].map((path) => site.ask('GET', path)));

  expect([page?.status, page?.text.includes('Years ago'), sitemap?.text.includes('/archive/in-2019')]).toEqual([200, true, true]);
  const { items } = JSON.parse(feed?.text ?? '') as { items: { url: string; date_published: string }[] };
  expect(items.find(({ url }) => url.endsWith('/in-2019'))?.date_published).toBe('2019-05-03T12:00:00.000Z');
});
