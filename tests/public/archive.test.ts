import { afterEach, beforeEach, expect, test } from 'vitest';
import { previewLink } from '../../functions/digests/preview-link.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { anIssue, aParagraph } from '../issues/an-issue.ts';
import { startTable } from '../support/dynamodb.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

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
  await site.issues.takeForDigest(own.slug, '2026-11-27', ['queued']);
  await site.issues.archive({ slug: own.slug }, now);
  await site.issues.markSent(own.slug, '2026-11-27');
}

test('an issue is public once its digest has begun, and nowhere before', async () => {
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

  expect(text).toContain('<html lang="en">');
  expect(text).toContain('<article class="issue" lang="zh-CN">');
  expect(text.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')).toMatch(/桥 &amp; 路 ?各位好。 ?要闻 ?1 新桥通车 ?今早通车。 ?再会。/);
  expect(text).toContain('<a href="https://example.org/bridge">新桥通车</a>');
  expect(headers['content-security-policy']).toContain("img-src 'self' https:");
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
  await site.digests.open({ id: '2026-11-27', kind: 'occurrence', scheduledFor: now.toISOString(), frozenAt: now.toISOString() });
  await site.digests.freezeIssues('2026-11-27', frozen);
  const before = await site.ask('GET', '/archive/digests/2026-11-27');

  await site.digests.start('2026-11-27', now);
  const { status, text } = await site.ask('GET', '/archive/digests/2026-11-27');

  expect([before.status, status]).toEqual([404, 200]);
  expect(text).toMatch(/href="#i2"[^>]*>Second piece[\s\S]*First piece<\/h2>[\s\S]*id="i2">Second piece/);
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

test('an unlisted issue is read by whoever has its address, and found by nobody', async () => {
  await sent({ slug: 'quiet', title: 'A quiet piece', unlisted: true });

  const page = await site.ask('GET', '/archive/quiet');
  const lists = [await site.ask('GET', '/archive'), await site.ask('GET', '/')];

  expect([page.status, page.text.includes('A quiet piece')]).toEqual([200, true]);
  expect(page.text).toContain('<meta name="robots" content="noindex, nofollow">');
  expect(page.headers['x-robots-tag']).toContain('noindex');
  for (const { text } of lists) expect(text).not.toContain('A quiet piece');
});

test('the link of a test mail shows a draft to whoever holds it, and keeps it out of every index', async () => {
  await upload({ slug: 'draft-1', title: 'A draft' });
  const link = new URL(previewLink(site.ring, 'https://news.example.org', 'draft-1', now));

  const page = await site.ask('GET', `${link.pathname}${link.search}`);
  const forged = await site.ask('GET', `${link.pathname}?preview=1.k1.x`);

  expect([page.status, page.text.includes('A draft'), forged.status]).toEqual([200, true, 400]);
  expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
});
