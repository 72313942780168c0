import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DomUtils, parseDocument } from 'htmlparser2';
import Parser from 'rss-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkIn, NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

const sample = readFileSync(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url), 'utf8');
/** The issue everything was first made for; it lies beside the checkout where it is at hand. */
const seeds = new URL('../../../shared/seeds/', import.meta.url);
const seed = existsSync(seeds) ? readdirSync(seeds)[0] : undefined;

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
  await visitor.becomeReader('ada@example.com');
});
afterAll(() => endRun(run));

type Block = { text: string };
type IssueAnswer = {
  slug: string;
  title: string;
  intro: Block[];
  sections: { title: string; blocks: Block[]; items: { title: string | null; blocks: Block[] }[] }[];
  closing: Block[];
};

/** Uploads it, sends it with the week's digest, and says what was understood. */
async function send(file: string, slot: string): Promise<IssueAnswer> {
  const { slug } = (await (await visitor.upload(file, 'issue.txt')).json()) as { slug: string };
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
  await visitor.fire('weekly-digest', slot);
  await visitor.idle();
  return (await (await visitor.asEditor('GET', `/api/v1/issues/${slug}`)).json()) as IssueAnswer;
}

const get = async (path: string, headers: Record<string, string> = { accept: 'text/html' }) => {
  const response = await fetch(`${run.origin}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const squeezed = (text: string) => text.replace(/\s+/g, '');
const textOf = (markup: string) => squeezed(DomUtils.textContent(parseDocument(markup)));

/** Every line that an issue says, in order. */
const linesOf = ({ intro, sections, closing }: IssueAnswer) =>
  [
    ...intro.map(({ text }) => text),
    ...sections.flatMap(({ title, blocks, items }) => [
      title,
      ...blocks.map(({ text }) => text),
      ...items.flatMap((item) => [item.title ?? '', ...item.blocks.map(({ text }) => text)]),
    ]),
    ...closing.map(({ text }) => text),
  ]
    .flatMap((text) => text.split('\n'))
    .map(squeezed)
    .filter(Boolean);

async function expectFullText(issue: IssueAnswer) {
  const page = await get(`/archive/${issue.slug}`);
  const { items } = JSON.parse((await get('/feed.json')).text) as { items: { url: string; content_html: string }[] };
  const rss = await new Parser().parseString((await get('/feed.xml')).text);
  const address = `${run.origin}/archive/${issue.slug}`;
  const texts = [
    page.text,
    items.find(({ url }) => url === address)?.content_html ?? '',
    String(rss.items.find(({ link }) => link === address)?.['content:encoded']),
  ].map(textOf);

  const lines = linesOf(issue);
  expect(lines.length).toBeGreaterThan(5);
  for (const text of texts) expect(lines.filter((line) => !text.includes(line))).toEqual([]);
}

test('an issue that was sent has a page and a feed entry with all of its text', async () => {
  await expectFullText(await send(sample, '2026-10-09T01:00:00Z'));
});

test.skipIf(!seed)('the seed’s page and its feed entry hold its full text, all 23 items of it', async () => {
  const issue = await send(readFileSync(new URL(seed ?? '', seeds), 'utf8'), '2026-10-16T01:00:00Z');

  expect(issue.sections.flatMap(({ items }) => items)).toHaveLength(23);
  await expectFullText(issue);
});

test('nothing of a reader is on the pages that mails link to, nor in the feeds', async () => {
  const { mail } = await visitor.mailTo('ada@example.com', { digest: '2026-10-09T0100Z' });
  const token = new URL(linkIn(mail, '/unsubscribe?')).searchParams.get('t') ?? '';

  const addresses = ['/archive', '/archive/digests/2026-10-09T0100Z', '/feed.xml', '/atom.xml', '/feed.json', '/sitemap.xml'];
  const answers = await Promise.all(addresses.map((address) => get(address)));

  expect(answers.map(({ status }) => status)).toEqual(addresses.map(() => 200));
  expect(token.length).toBeGreaterThan(20);
  for (const { text } of answers) expect(text).not.toMatch(new RegExp(`${token}|[?&]t=|ada@example|List-Unsubscribe`));
});

test('through the distribution too, a program that has a feed already is told that it has not changed', async () => {
  for (const address of ['/feed.xml', '/atom.xml', '/feed.json', '/archive']) {
    const first = await get(address);

    const again = await get(address, { accept: 'text/html', 'if-none-match': first.headers.get('etag') ?? '' });

    expect([address, again.status, again.text]).toEqual([address, 304, '']);
    expect(first.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=240');
  }
});

test('a correction changes page and feeds, and what was taken down is gone from both', async () => {
  const [before] = (JSON.parse((await get('/feed.json')).text) as { items: { url: string }[] }).items;
  const path = new URL(before?.url ?? '').pathname;
  const slug = path.split('/').at(-1) ?? '';
  const editors = `/api/v1/issues/${slug}`;

  const corrected = '# 更正之后的标题\n\n这里写着更正。\n';
  const put = await visitor.asEditor('PUT', `${editors}?filename=issue.md`, { text: corrected, type: 'text/markdown; charset=utf-8' });
  const [page, feed] = [await get(path), await get('/feed.xml')];
  const deleted = await visitor.asEditor('DELETE', editors);
  const [gone, feedWithout] = [await get(path), await get('/feed.xml')];

  expect([put.ok, deleted.ok]).toEqual([true, true]);
  for (const { text } of [page, feed]) expect(text).toContain('这里写着更正');
  expect(gone.status).toBe(410);
  expect(feedWithout.text).not.toContain(`/archive/${slug}<`);
});
