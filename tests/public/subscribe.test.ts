import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Breaker } from '../../functions/mail/breaker.ts';
import { linkTo } from '../../functions/subscribers/reader-links.ts';
import type { ReaderLocale } from '../../functions/words/locale.ts';
import { startTable } from '../support/dynamodb.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table);
});
afterEach(() => database.stop());

const json = (body: unknown, more: object = {}) => ({ accept: '*/*', type: 'application/json', body: JSON.stringify(body), ...more });
/** Our own form bears a stamp, others none. */
const form = (fields: Record<string, string>, more: object = {}) => ({
  type: 'application/x-www-form-urlencoded',
  body: new URLSearchParams(
    fields.page === 'sign-up' ? { ...site.ownForm(fields.locale as ReaderLocale | undefined), ...fields } : fields,
  ).toString(),
  ...more,
});

test('a program gets 202 and what to do next; a browser gets a page that says it', async () => {
  const program = await site.ask('POST', '/subscribe', json({ email: 'ada@example.org' }));
  const browser = await site.ask('POST', '/subscribe', form({ email: 'bob@example.org', page: 'sign-up', locale: 'en' }));

  expect([program.status, JSON.parse(program.text)]).toEqual([202, { status: 'check_your_mail' }]);
  expect(browser.status).toBe(202);
  expect(browser.text).toContain('Check your inbox');
  expect(browser.text).not.toContain('bob@example.org');
});

test('while the account cannot send, a sign-up is taken and its answer says that the mail comes later', async () => {
  const now = () => new Date('2026-11-27T01:00:00Z');
  const breaker = new Breaker({ table: database.table, now });
  await breaker.holdForRestore('The table was restored.');
  const program = await site.ask('POST', '/subscribe', json({ email: 'ada@example.org' }));
  const browser = await site.ask('POST', '/subscribe', form({ email: 'bob@example.org', page: 'sign-up', locale: 'zh-CN' }));
  await breaker.releaseRestore();
  const after = await site.ask('POST', '/subscribe', json({ email: 'cy@example.org' }));

  expect([program.status, JSON.parse(program.text)]).toEqual([202, { status: 'check_your_mail', mailDelayed: true }]);
  expect(browser.text).toContain('现在暂时寄不出邮件');
  expect(JSON.parse(after.text)).toEqual({ status: 'check_your_mail' });
  expect(site.queued).toHaveLength(3);
});

test('the answer is the same, to the byte, for a stranger, a reader, and one whose mailbox is dead', async () => {
  const link = await site.signUp('reader@example.org');
  await site.ask('POST', link);
  await site.signUp('dead@example.org');
  await site.suppress('dead@example.org');

  const answers = await Promise.all(
    ['stranger@example.org', 'reader@example.org', 'dead@example.org'].map((email) => site.ask('POST', '/subscribe', form({ email }))),
  );

  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(site.queued).toHaveLength(3);
});

test('an address typed in full-width characters is read as it was meant', async () => {
  await site.ask('POST', '/subscribe', form({ email: ' Ada＠Example．org。' }));

  expect(site.queued).toMatchObject([{ email: 'Ada@example.org' }]);
});

test('an address that SES cannot reach is refused with that reason, in the language of the page', async () => {
  const chinese = await site.ask('POST', '/subscribe', form({ email: '阿达@example.org', page: 'sign-up', locale: 'zh-CN' }));
  const program = await site.ask('POST', '/subscribe', json({ email: 'ädä@example.org' }));

  expect(chinese.status).toBe(400);
  expect(chinese.text).toContain('“@”前面只能用英文字母');
  expect(program.headers['content-type']).toContain('application/problem+json');
  expect(JSON.parse(program.text)).toMatchObject({
    status: 400,
    code: 'sign_up_invalid',
    errors: [{ path: 'email', message: expect.stringContaining('Latin letters') }],
  });
  expect(site.queued).toEqual([]);
});

test('a fault is beside its field, which keeps what was typed', async () => {
  const { text } = await site.ask('POST', '/subscribe', form({ email: 'ada"<b>@', page: 'sign-up', locale: 'en' }));

  const [, fault] = /<input type="email"[^>]*aria-describedby="(\S+) /.exec(text) ?? [];
  expect(text).toMatch(/<input type="email"[^>]*aria-invalid="true"/);
  expect(text).toContain(`id="${fault}"`);
  expect(text).toContain('value="ada&quot;&lt;b&gt;@"');
});

test.each([
  ['nothing', 'invalid_request', {}],
  ['a number', 'invalid_request', { email: 7 }],
  ['no address', 'sign_up_invalid', { email: 'ada' }],
  ['a field we do not know', 'invalid_request', { email: 'ada@example.org', name: 'Ada' }],
  ['a language tag that is none', 'invalid_request', { email: 'ada@example.org', locale: '!' }],
  ['topics that are no list', 'invalid_request', { email: 'ada@example.org', topics: 'tea' }],
])('JSON with %s is refused, and the field is named', async (_what, code, body) => {
  const answer = await site.ask('POST', '/subscribe', json(body));

  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toMatchObject({ code, errors: [expect.anything()] });
  expect(site.queued).toEqual([]);
});

test('a body that is too long, or of no kind we read, is refused as such', async () => {
  const long = await site.ask('POST', '/subscribe', json({ email: 'a'.repeat(20_000) }));
  const xml = await site.ask('POST', '/subscribe', { accept: '*/*', type: 'text/xml', body: '<email/>' });
  const broken = await site.ask('POST', '/subscribe', { accept: '*/*', type: 'application/json', body: '{' });

  expect([long, xml, broken].map(({ status }) => status)).toEqual([413, 415, 400]);
});

test('the box for transfer abroad is asked for where the page showed it, and nowhere else', async () => {
  site = readerSite(database.table, { locale: 'zh-CN' });

  const page = await site.ask('GET', '/', { language: 'zh' });
  const unticked = await site.ask('POST', '/subscribe', form({ email: 'ada@example.org', page: 'sign-up' }));
  const ticked = await site.ask('POST', '/subscribe', form({ email: 'ada@example.org', page: 'sign-up', transferAbroad: 'yes' }));
  const simple = await site.ask('POST', '/subscribe', form({ email: 'bob@example.org' }));
  const program = await site.ask('POST', '/subscribe', json({ email: 'cy@example.org' }));

  expect(page.text).toMatch(/<input type="checkbox"[^>]*name="transferAbroad"/);
  expect(page.text).not.toMatch(/checked/);
  expect([unticked, ticked, simple, program].map(({ status }) => status)).toEqual([400, 202, 202, 202]);
  expect(unticked.text).toMatch(/<input type="checkbox"[^>]*aria-invalid="true"/);
  expect(site.queued).toMatchObject([{ transferAbroad: true }, { transferAbroad: false }, { transferAbroad: false }]);
});

test('the sign-up page says who writes, how often, how to leave and where data goes, in the language asked for', async () => {
  const english = await site.ask('GET', '/', { language: 'en-GB' });
  const chinese = await site.ask('GET', '/', { language: 'zh-SG,zh;q=0.9,en;q=0.8' });
  const switched = await site.ask('GET', '/?lang=en', { language: 'zh' });

  for (const said of [
    'Harbour Press Ltd',
    '1 Quay Street, Bristol',
    'contact@example.org',
    'every Friday at 09:00',
    'Unsubscribe'.toLowerCase(),
    'Singapore (ap-southeast-1)',
    'https://example.org/privacy',
  ])
    expect(english.text).toContain(said);
  expect(english.text).toContain('<html lang="en" dir="ltr">');
  expect(chinese.text).toContain('<html lang="zh-CN" dir="ltr">');
  expect(chinese.text).toContain('每周五 09:00');
  expect(switched.text).toContain('<html lang="en" dir="ltr">');
  expect(chinese.text).toContain('href="/?lang=en"');
});

test('consent is recorded: the very words, when, on which page, in which language, and the confirming click', async () => {
  const page = await site.ask('GET', '/', { language: 'zh' });
  await site.ask('POST', '/subscribe', form({ email: 'ada@example.org', page: 'sign-up', transferAbroad: 'yes', locale: 'zh-CN' }));
  await site.work();
  site.after(1);
  const confirmUrl = site.mails[0]?.confirmUrl ?? '';
  const question = await site.ask('GET', confirmUrl, { language: 'zh' });
  await site.ask('POST', confirmUrl, { language: 'zh' });

  const [asked, confirmed] = await site.consents.of(site.idOf('ada@example.org'));
  expect(asked).toMatchObject({ event: 'asked', at: '2026-11-20T08:00:00.000Z', page: '/', locale: 'zh-CN', transferAbroad: 'given' });
  expect(confirmed).toMatchObject({ event: 'confirmed', at: '2026-11-21T08:00:00.000Z', page: '/confirm', locale: 'zh-CN' });
  const token = new URL(confirmUrl).searchParams.get('t') ?? '';
  expect(confirmed?.click).toEqual({ link: createHash('sha256').update(token).digest('hex'), mailedAt: '2026-11-20T08:00:00.000Z' });
  for (const [record, shown] of [[asked, page.text] as const, [confirmed, question.text] as const]) {
    const wording = await site.wordings.find(record?.wording ?? '');
    expect(wording?.locale).toBe('zh-CN');
    for (const line of wording?.text.split('\n') ?? []) expect(textOf(shown)).toContain(withoutLinks(line));
  }
});

/** What one reads of a page, without what varies: blanks, and the address that is asked about. */
const textOf = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<span class="address">[^<]*<\/span>/g, '…')
    .replace(/<[^>]*>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, '');
const withoutLinks = (line: string) =>
  line
    .replace(/ \((?:mailto|https):[^)]*\)/g, '')
    .replace(/^([^:]{2,12}): /, '$1')
    .replace(/\s+/g, '');

test('where a sign-up and its confirmation came from is kept for thirty days, apart from the consent', async () => {
  await site.ask('POST', '/subscribe', form({ email: 'ada@example.org' }, { from: '198.51.100.7' }));
  await site.work();
  await site.ask('POST', site.mails[0]?.confirmUrl ?? '', { from: '2001:db8::7' });
  const id = site.idOf('ada@example.org');

  const networks = await site.consents.networksOf(id, new Date('2026-11-21T08:00:00Z'));
  const { items } = await site.contents(`SUBSCRIBER#${id}`);

  expect(networks.map(({ event, address }) => [event, address]).toSorted()).toEqual([
    ['asked', '198.51.100.7'],
    ['confirmed', '2001:db8::7'],
  ]);
  expect(items.filter(({ sk }) => String(sk).startsWith('NETWORK#')).map(({ expiresAt }) => expiresAt)).toEqual(
    Array.from({ length: 2 }, () => Date.parse('2026-12-20T08:00:00Z') / 1000),
  );
  expect(await site.consents.networksOf(id, new Date('2026-12-20T08:00:01Z'))).toEqual([]);
  expect(JSON.stringify(await site.consents.of(id))).not.toMatch(/198\.51|2001:db8/);
});

test('the evidence has no end while somebody is mailed, and three years after; and so for a person who never confirms', async () => {
  const endsOf = async (email: string) => {
    const { items } = await site.contents(`SUBSCRIBER#${site.idOf(email)}`);
    return [...new Set(items.filter(({ sk }) => String(sk).startsWith('CONSENT#')).map(({ expiresAt }) => expiresAt))];
  };
  const inThreeYears = (day: string) => Date.parse(`${day}T08:00:00Z`) / 1000;
  const link = await site.signUp('ada@example.org');
  const pending = await endsOf('ada@example.org');
  await site.ask('POST', link);
  const reader = await endsOf('ada@example.org');
  site.after(10);
  await site.ask('POST', linkTo(site.ring, '', { purpose: 'unsubscribe', id: site.idOf('ada@example.org') }));
  const left = await endsOf('ada@example.org');
  site.afterMinutes(1);
  await site.ask('POST', await site.signUp('ada@example.org'));

  expect(pending).toEqual([inThreeYears('2029-11-20')]);
  expect(reader).toEqual([undefined]);
  expect(left).toEqual([inThreeYears('2029-11-30')]);
  expect(await endsOf('ada@example.org')).toEqual([undefined]);
  expect((await site.consents.of(site.idOf('ada@example.org'))).map(({ event }) => event)).toEqual([
    'asked',
    'confirmed',
    'left',
    'asked',
    'confirmed',
  ]);
});

test('a form whose words have changed since is asked for again', async () => {
  const old = await site.ask('POST', '/subscribe', form({ email: 'ada@example.org', page: 'sign-up', wording: 'sign-up.en.000000000000' }));

  expect(old.status).toBe(400);
  expect(old.text).toContain('has just changed');
  expect(site.queued).toEqual([]);
});

test.each(['zh-TW', 'zh-HK', 'zh-Hant-MO'])('who signs up in %s gets pages and mails in traditional script', async (language) => {
  await site.ask('POST', '/subscribe', {
    language,
    type: 'application/x-www-form-urlencoded',
    body: `email=lin%40example.org&locale=${language}`,
  });
  await site.work();

  expect(site.mails.map(({ locale }) => locale)).toEqual(['zh-TW']);
  expect(await site.find('lin@example.org')).toMatchObject({ state: 'pending', locale: 'zh-TW' });
  expect(await site.consents.of(site.idOf('lin@example.org'))).toMatchObject([{ event: 'asked', locale: 'zh-TW' }]);
});
