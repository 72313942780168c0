import { afterEach, beforeEach, expect, test } from 'vitest';
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
  body: new URLSearchParams(fields.page === 'sign-up' ? { stamp: site.stamp(), ...fields } : fields).toString(),
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
    code: 'invalid_request',
    errors: [{ path: 'email', message: expect.stringContaining('Latin letters') }],
  });
  expect(site.queued).toEqual([]);
});

test('a fault stands beside its field, which keeps what was typed', async () => {
  const { text } = await site.ask('POST', '/subscribe', form({ email: 'ada"<b>@', page: 'sign-up', locale: 'en' }));

  const [, fault] = /<input type="email"[^>]*aria-describedby="(\S+) /.exec(text) ?? [];
  expect(text).toMatch(/<input type="email"[^>]*aria-invalid="true"/);
  expect(text).toContain(`id="${fault}"`);
  expect(text).toContain('value="ada&quot;&lt;b&gt;@"');
});

test.each([
  ['nothing', {}],
  ['a number', { email: 7 }],
  ['no address', { email: 'ada' }],
  ['a field we do not know', { email: 'ada@example.org', name: 'Ada' }],
  ['a language tag that is none', { email: 'ada@example.org', locale: '!' }],
  ['topics that are no list', { email: 'ada@example.org', topics: 'tea' }],
])('JSON with %s is refused, and the field is named', async (_what, body) => {
  const answer = await site.ask('POST', '/subscribe', json(body));

  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'invalid_request', errors: [expect.anything()] });
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
  expect(english.text).toContain('<html lang="en">');
  expect(chinese.text).toContain('<html lang="zh-CN">');
  expect(chinese.text).toContain('每周五 09:00');
  expect(switched.text).toContain('<html lang="en">');
  expect(chinese.text).toContain('href="/?lang=en"');
});

test('consent is recorded: which words, when, on which page, in which language, and the confirming click', async () => {
  await site.ask('POST', '/subscribe', form({ email: 'ada@example.org', page: 'sign-up', transferAbroad: 'yes', locale: 'zh-CN' }));
  await site.work();
  site.after(1);
  await site.ask('POST', site.mails[0]?.confirmUrl ?? '', { language: 'zh' });

  expect(await site.consents.of(site.idOf('ada@example.org'))).toEqual([
    { event: 'asked', at: '2026-11-20T08:00:00.000Z', wording: '2026-11-22', page: '/', locale: 'zh-CN', transferAbroad: 'given' },
    { event: 'confirmed', at: '2026-11-21T08:00:00.000Z', wording: '2026-11-22', page: '/confirm', locale: 'zh-CN' },
  ]);
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
