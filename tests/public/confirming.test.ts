import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTable } from '../support/dynamodb.ts';
import { formOf } from './form-of.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

const ada = 'ada@example.org';
const form = 'application/x-www-form-urlencoded';
const topics = [
  { id: 'robots', name: { 'zh-CN': '机器人', en: 'Robots' } },
  { id: 'chips', name: 'Chips' },
];
const [home, elsewhere] = ['198.51.100.1', '203.0.113.9'];
let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table, { topics, askTransferAbroad: true });
});
afterEach(() => database.stop());

/** Our own form, with its box ticked. */
async function signUp(from: string) {
  const fields = { ...site.ownForm(), email: ada, transferAbroad: 'yes' };
  await site.ask('POST', '/subscribe', { from, type: form, body: new URLSearchParams(fields).toString() });
  await site.work();
}

/** A program on somebody's own site. */
async function signUpFor(chosen: string[], from: string) {
  await site.ask('POST', '/subscribe', {
    from,
    accept: '*/*',
    type: 'application/json',
    body: JSON.stringify({ email: ada, topics: chosen }),
  });
  await site.work();
}

const press = (body = '', accept = 'text/html') => site.ask('POST', site.mails[0]?.confirmUrl ?? '', { type: form, body, accept });
const look = () => site.ask('GET', site.mails[0]?.confirmUrl ?? '');
const lastConsent = async () => (await site.consents.of(site.idOf(ada))).at(-1);

test('with one network confirming is one click, and the page shows what it confirms', async () => {
  await signUp(home);
  site.afterMinutes(61);
  await signUp(home);

  const page = await look();
  const pressed = await press();

  expect(page.text).toMatch(/<dt>Topics<\/dt><dd>All topics<\/dd>/);
  expect(page.text).toMatch(/<dt>Language of our emails<\/dt><dd>English<\/dd>/);
  expect(page.text).toMatch(/<dt>Agreed on November 20, 2026<\/dt><dd>I agree separately to this/);
  expect(formOf(page.text).fields).toEqual({});
  expect(pressed.status).toBe(200);
  expect(await site.find(ada)).toMatchObject({ state: 'confirmed', topics: [] });
});

test('the topics of a sign-up are shown by name, and no consent that was not given', async () => {
  await signUpFor(['chips'], home);

  const page = await look();

  expect(page.text).toMatch(/<dt>Topics<\/dt><dd>Chips<\/dd>/);
  expect(page.text).not.toContain('Agreed on');
});

test('with a second network the page asks topics and the separate consent again, with nothing taken from the first', async () => {
  await signUpFor(['chips'], elsewhere);
  site.afterMinutes(10);
  await signUp(home);

  const page = await look();

  expect(page.text).toContain('from more than one network');
  expect(page.text).toMatch(/id="topic-robots"[^>]*checked[\s\S]*id="topic-chips"[^>]*checked/);
  expect(page.text).toMatch(/<input type="checkbox" id="abroad" name="transferAbroad" value="yes" required>/);
  expect(site.mails).toHaveLength(1);
});

test('what is answered there is what the reader has and what their evidence says', async () => {
  await signUpFor(['chips'], elsewhere);
  await signUp(home);

  await press('topicsShown=yes&topic-robots=yes&transferAbroad=yes');

  expect(await site.find(ada)).toMatchObject({ state: 'confirmed', topics: ['robots'] });
  expect(await site.find(ada)).not.toHaveProperty('askedFrom');
  const consent = await lastConsent();
  expect(consent).toMatchObject({ event: 'confirmed', transferAbroad: 'given', wording: expect.stringMatching(/^confirm\.en\./) });
  expect((await site.wordings.find(consent?.wording ?? ''))?.text).toContain('I agree separately to this');
});

test.each([
  ['', 'Tick this box', /id="topic-robots"[^>]*checked/],
  ['topicsShown=yes&transferAbroad=yes', 'Choose at least one topic', /id="abroad"[^>]*checked/],
  ['topicsShown=yes&topic-chips=yes', 'Tick this box', /id="topic-robots" name="topic-robots" value="yes">/],
])(
  'an answer that leaves something out (%s) is asked again beside the field, keeps the rest, and confirms nothing',
  async (body, words, kept) => {
    await signUp(elsewhere);
    await signUp(home);

    const page = await press(body);
    const program = await press(body, '*/*');

    expect([page.status, page.text.includes(words)]).toEqual([400, true]);
    expect(page.text).toMatch(kept);
    expect([program.status, JSON.parse(program.text).code]).toEqual([400, words.startsWith('Tick') ? 'sign_up_invalid' : 'no_topic_left']);
    expect(await site.find(ada)).toMatchObject({ state: 'pending' });
  },
);

test('where there is nothing to ask, a second network changes nothing but whose topics they are', async () => {
  site = readerSite(database.table, { topics });
  await signUpFor(['chips'], elsewhere);
  await signUpFor([], home);

  const pressed = await press('', '*/*');

  expect([pressed.status, JSON.parse(pressed.text)]).toEqual([200, { status: 'confirmed' }]);
  expect(await site.find(ada)).toMatchObject({ state: 'confirmed', topics: [] });
});

test('the language of the page that was confirmed is that of the mails, where somebody else may have chosen another', async () => {
  await signUpFor([], elsewhere);
  await signUp(home);

  await site.ask('POST', `${site.mails[0]?.confirmUrl}&lang=zh-TW`, { type: form, body: 'transferAbroad=yes' });

  expect(await site.find(ada)).toMatchObject({ state: 'confirmed', locale: 'zh-TW' });
});

test('a later sign-up begins with the networks of its own', async () => {
  await signUp(elsewhere);
  await signUp(home);
  await press('transferAbroad=yes');
  site.after(1);
  await site.unsubscribe(ada);
  site.after(1);
  await signUp(home);

  const page = await site.ask('GET', site.mails.at(-1)?.confirmUrl ?? '');

  expect(page.text).not.toContain('from more than one network');
});

test('who hosts a firm’s mailboxes is found out when a reader of it confirms, and not before', async () => {
  site.mailServers.set('firm.example', [{ exchange: 'mxbiz1.qq.com', priority: 5 }]);
  const link = await site.signUp('bob@firm.example');
  const before = await site.contents('MX#');

  const page = await site.ask('POST', link, { type: form });

  expect([before.items, page.status]).toEqual([[], 200]);
  expect((await site.contents('MX#')).items).toMatchObject([{ pk: 'MX#firm.example', letter: 'q' }]);
});
