import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slotId } from '../../functions/digests/slot.ts';
import { linkIn, NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { asked, broughtIn } from '../support/bring-list.ts';
import { endRun } from './end-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'periodical-scanner-'));
const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: { settings: object } };

let run: LocalRun;
let visitor: NewsletterVisitor;
/** What people look at themselves: Ada's preferences by the link of her digest, by the second link, and Grace's question. */
let pages: string[];

const sample = await readFile(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url), 'utf8');

async function digest(title: string, scheduledTime: string) {
  const { slug } = (await (await visitor.upload(sample.replaceAll('城市骑行周刊第十二期', title), 'issue.txt')).json()) as { slug: string };
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
  await visitor.fire('weekly-digest', scheduledTime);
  await visitor.idle();
  return visitor.digest(slotId(new Date(scheduledTime)));
}

const post = (link: string, fields: Record<string, string>) =>
  fetch(link, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) });

/** A reader who has got every kind of mail there is, one who has not confirmed yet, and one whom a list brought and who is asked. */
beforeAll(async () => {
  process.env.PERIODICAL_SETTINGS = join(folder, 'settings.json');
  writeFileSync(process.env.PERIODICAL_SETTINGS, JSON.stringify({ ...context.settings, welcomeMail: true }));
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
  await visitor.becomeReader('ada@example.com');
  await visitor.signUp('grace@example.com');
  await digest('第一刊', '2026-10-09T01:00:00Z');
  const own = linkIn((await visitor.mailTo('ada@example.com', { digest: '2026-10-09T0100Z' })).mail, '/preferences?');
  expect((await post(own, { link: 'yes' })).status).toBe(200);
  await visitor.idle();
  const second = linkIn((await visitor.mailTo('ada@example.com', { known: 3 })).mail, '/preferences?');
  expect((await post(second, { newAddress: 'ada@example.net' })).status).toBe(200);
  await visitor.idle();
  await visitor.mailTo('ada@example.net');
  const { id } = await broughtIn(visitor, `email,status,date\nbob@example.com,unconfirmed,${lastMonth()}\n`);
  await asked(visitor, 'POST', `/api/v1/imports/${id}/ask`, { count: 1 });
  await visitor.fire('watch-imports', new Date().toISOString());
  await visitor.mailTo('bob@example.com');
  pages = [own, second, linkIn((await visitor.mailTo('grace@example.com')).mail, '/confirm?')];
});
afterAll(async () => {
  delete process.env.PERIODICAL_SETTINGS;
  await endRun(run);
  rmSync(folder, { recursive: true });
});

const lastMonth = () => new Date(Date.now() - 30 * 24 * 3_600_000).toISOString().slice(0, 10);

/** Every address in a mail, wherever it is: links, pictures, headers. */
async function linksOfAllMails(): Promise<string[]> {
  const found = new Set<string>();
  for (const { id } of await visitor.outbox()) {
    const mail = await PostalMime.parse(await visitor.raw(id));
    const headers = mail.headers.map(({ value }) => value).join(' ');
    const everything = [mail.html ?? '', mail.text ?? '', headers].join(' ').replaceAll('&amp;', '&');
    for (const [link] of everything.matchAll(/http:\/\/localhost:\d+[^\s"'<>()）]*/g)) found.add(link);
  }
  return [...found];
}

const seen = () =>
  Promise.all(
    pages.map(async (page) =>
      (await (await fetch(page, { headers: { accept: 'text/html' } })).text()).replaceAll(/name="stamp" value="[^"]*"/g, ''),
    ),
  );

test('a scanner that follows every link of every mail with GET and HEAD, twice, in order and at once, changes nothing', async () => {
  const links = await linksOfAllMails();
  const [mails, before] = [(await visitor.outbox()).length, await seen()];

  const statuses = new Set<number>();
  const visit = async (method: string, link: string) => {
    const response = await fetch(link, { method, redirect: 'follow' });
    statuses.add(response.status);
    await response.arrayBuffer();
  };
  for (const _ of ['once', 'again']) for (const link of links) for (const method of ['GET', 'HEAD']) await visit(method, link);
  for (const _ of ['once', 'again']) await Promise.all(links.flatMap((link) => ['GET', 'HEAD'].map((method) => visit(method, link))));
  await visitor.idle();

  const kinds = new Set((await visitor.outbox()).map(({ tags }) => tags.kind));
  expect([...kinds].sort()).toEqual(['confirmation', 'digest', 'manage', 'move', 'welcome']);
  for (const path of ['/confirm?', '/unsubscribe?', '/preferences?'])
    expect(links.filter((link) => link.includes(path)).length, path).toBeGreaterThan(0);
  expect([...statuses]).toEqual([200]);
  expect(await seen()).toEqual(before);
  expect((await visitor.outbox()).length).toBe(mails);
});

test('afterwards everybody is who they were: Ada gets the next digest at her old address and her data says so, Grace may still confirm', async () => {
  const made = await digest('第二刊', '2026-10-16T01:00:00Z');

  expect((await visitor.outbox({ digest: '2026-10-16T0100Z' })).map(({ to }) => to)).toEqual([['ada@example.com']]);
  expect(made?.report).toMatchObject({ audience: 1, submitted: 1 });
  expect((await visitor.pressButton(pages[2] ?? '')).status).toBe(200);
  const data = await (await post(pages[1] ?? '', { download: 'yes' })).json();
  expect(data).toMatchObject({
    reader: { address: 'ada@example.com', state: 'confirmed' },
    consent: [{ event: 'asked' }, { event: 'confirmed' }],
    lastMails: ['2026-10-16T0100Z', '2026-10-09T0100Z'].map((digest) => ({ digest, outcome: 'delivered' })),
  });
});
