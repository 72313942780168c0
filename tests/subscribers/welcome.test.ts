import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkTo } from '../../functions/subscribers/reader-links.ts';
import { anIssue } from '../issues/an-issue.ts';
import { type ReaderSite, readerSite } from '../public/reader-site.ts';
import { startTable } from '../support/dynamodb.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let people = 0;
beforeAll(async () => {
  database = await startTable();
});
afterAll(() => database.stop());

const aSite = (changes: object = { welcomeMail: true }) => readerSite(database.table, changes);
const someone = () => `reader-${++people}@example.org`;

/** The mails after the confirmation mail, once the link in it was pressed so many times. */
async function confirmed(site: ReaderSite, { email = someone(), locale = 'en', times = 1 } = {}) {
  const link = await site.signUp(email, locale);
  for (let n = 0; n < times; n += 1) {
    await site.ask('POST', link);
    await site.work();
  }
  return site.mails.slice(1);
}

test('nobody is welcomed unless the settings ask for it', async () => {
  expect(await confirmed(aSite({}))).toEqual([]);
});

test('who confirms is welcomed once, however often they press the button', async () => {
  expect(await confirmed(aSite(), { times: 3 })).toHaveLength(1);
});

test('a welcome comes from the sender of digests and lets one leave, as a mail of the list', async () => {
  const site = aSite();
  const email = someone();
  const [mail] = await confirmed(site, { email });

  const { headers, from, replyTo } = await PostalMime.parse(mail?.raw ?? '');

  const header = (name: string) => headers.find(({ key }) => key === name)?.value;
  expect(mail).toMatchObject({ to: email, from: 'weekly@news.example.org', tags: { kind: 'welcome', reader: site.idOf(email) } });
  expect([from?.address, replyTo?.[0]?.address]).toEqual(['weekly@news.example.org', 'editors@example.org']);
  expect(header('list-unsubscribe')).toBe(
    `<${linkTo(site.ring, 'https://news.example.org', { purpose: 'unsubscribe', id: site.idOf(email) })}>`,
  );
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(header('list-id')).toContain('<weekly.news.example.org>');
  expect(header('auto-submitted')).toBe('auto-generated');
  expect(header('content-language')).toBe('en');
});

test.each([
  ['zh-CN', '订阅成功', '先看看最近一期', '退订'],
  ['zh-TW', '訂閱成功', '先看看最近一期', '取消訂閱'],
  ['en', 'You are subscribed', 'Read the latest issue', 'Unsubscribe'],
])(
  'in %s both parts say what comes and when, lead to the newest issue and the archive, and how to leave',
  async (locale, heading, newest, leave) => {
    const site = aSite();
    const content = anIssue({ slug: `bridges-${locale.toLowerCase()}`, title: '两座 <桥> & 三座', date: `2026-11-2${people % 10}` });
    await site.issues.add({ content, sourceHash: locale.padEnd(64, '.'), now: new Date('2026-11-20T08:00:00Z') });
    await site.issues.archive(content, new Date('2026-11-20T08:00:00Z'));

    const [mail] = await confirmed(site, { locale });

    const { html = '', text = '' } = await PostalMime.parse(mail?.raw ?? '');
    expect(html).toContain(`<html lang="${locale}"`);
    expect(html).toContain('两座 &lt;桥&gt; &amp; 三座');
    expect(text).toContain('两座 <桥> & 三座');
    for (const part of [html, text]) {
      for (const words of [heading, newest, leave, '09:00', 'Harbour Press Ltd', 'weekly@news.example.org']) expect(part).toContain(words);
      for (const path of [`/archive/${content.slug}?lang=${locale}`, `/archive?lang=${locale}`, '/unsubscribe?t=', '/preferences?t='])
        expect(part).toContain(`https://news.example.org${path}`);
    }
  },
);

test('before the first issue there is none to lead to', async () => {
  const other = await startTable();
  const [mail] = await confirmed(readerSite(other.table, { welcomeMail: true }));
  await other.stop();

  const { html = '', text = '' } = await PostalMime.parse(mail?.raw ?? '');

  for (const part of [html, text]) expect(part).not.toMatch(/latest issue|\/archive\/|: \n/);
});

test('who has left before the welcome is written gets none', async () => {
  const site = aSite();
  const email = someone();
  const link = await site.signUp(email);
  await site.ask('POST', link);
  await site.ask('POST', linkTo(site.ring, '', { purpose: 'unsubscribe', id: site.idOf(email) }));

  expect(await site.work()).toEqual(['not_subscribed']);
  expect(site.mails).toHaveLength(1);
});

test('a welcome that SES did not take comes back', async () => {
  const site = aSite();
  const link = await site.signUp(someone());
  site.outcomes.push({ kind: 'throttled' });
  await site.ask('POST', link);

  await expect(site.work()).rejects.toThrow(/throttled/);
});
