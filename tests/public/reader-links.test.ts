import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkTo } from '../../functions/subscribers/reader-links.ts';
import { startTable } from '../support/dynamodb.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

const ada = 'ada@example.org';
let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table);
});
afterEach(() => database.stop());

const link = (purpose: 'unsubscribe' | 'preferences', email = ada) => linkTo(site.ring, '', { purpose, id: site.idOf(email) });

async function confirmed(email = ada) {
  const confirmUrl = await site.signUp(email);
  await site.ask('POST', confirmUrl);
  return confirmUrl;
}

/** Everything the table holds about a reader, as text: to see that nothing changed. */
const everything = async (email = ada) => JSON.stringify([await site.find(email), await site.consents.of(site.idOf(email))]);

test('the link of the mail shows one button, and the button subscribes', async () => {
  const confirmUrl = await site.signUp();

  const page = await site.ask('GET', confirmUrl);
  const before = await site.find(ada);
  const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(page.text) ?? [];
  const after = await site.ask('POST', action.replaceAll('&amp;', '&'));

  expect(page.text).toContain('a••@example.org');
  expect(page.text).not.toContain(ada);
  expect(before).toMatchObject({ state: 'pending' });
  expect([after.status, (await site.find(ada))?.state]).toEqual([200, 'confirmed']);
});

test.each(['.', '。', '>', ')', '），', '"', '…', '%20', '%E2%80%8B'])(
  'a link that was pasted with %s behind it works as it would without',
  async (glue) => {
    const confirmUrl = await site.signUp();

    const page = await site.ask('GET', `${confirmUrl}${glue}`);
    const after = await site.ask('POST', `${confirmUrl}${glue}`);

    expect(page.text).toContain('a••@example.org');
    expect([after.status, (await site.find(ada))?.state]).toEqual([200, 'confirmed']);
  },
);

test('GET and HEAD change nothing, on any page, in any order, twice', async () => {
  await confirmed('bob@example.org');
  const waiting = await site.signUp();
  const links = [
    waiting,
    link('unsubscribe'),
    link('preferences'),
    link('unsubscribe', 'bob@example.org'),
    link('preferences', 'bob@example.org'),
  ];
  const before = [await everything(), await everything('bob@example.org')];

  const answers = [];
  for (const each of [...links, ...links.toReversed()])
    for (const method of ['GET', 'HEAD']) answers.push((await site.ask(method, each)).status);

  expect(new Set(answers)).toEqual(new Set([200]));
  expect([await everything(), await everything('bob@example.org')]).toEqual(before);
});

test('confirming twice is as good as once, for people and programs', async () => {
  const confirmUrl = await confirmed();
  const once = await everything();

  const again = await site.ask('POST', confirmUrl, { accept: 'application/json' });
  const looked = await site.ask('GET', confirmUrl);

  expect([again.status, JSON.parse(again.text)]).toEqual([200, { status: 'confirmed' }]);
  expect(looked.text).toContain('You are subscribed');
  expect(await everything()).toBe(once);
});

test('the links of both mails work for somebody who signed up twice', async () => {
  const first = await site.signUp();
  site.afterMinutes(61);
  const second = await site.signUp();

  const answers = [await site.ask('POST', second), await site.ask('POST', first)];

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(site.mails).toHaveLength(2);
});

test('who is subscribed and signs up again gets the same mail, whose link says that all is well', async () => {
  await confirmed();
  const before = await site.find(ada);
  site.after(30);

  const confirmUrl = await site.signUp(ada, 'zh-CN');
  const page = await site.ask('GET', confirmUrl);

  expect(site.mails.map(({ to, tags }) => [to, tags.kind])).toEqual([
    [ada, 'confirmation'],
    [ada, 'confirmation'],
  ]);
  expect(page.text).toContain('You are subscribed');
  expect(await site.find(ada)).toEqual(before);
});

test('who is suppressed gets no mail and stays suppressed', async () => {
  await confirmed();
  await site.suppress(ada);

  await site.signUp();

  expect(site.mails).toHaveLength(1);
  expect(await site.find(ada)).toMatchObject({ state: 'suppressed' });
});

test('a confirm link is gone after seven days, and its page asks for the address again', async () => {
  const confirmUrl = await site.signUp();
  site.after(8);

  const page = await site.ask('POST', confirmUrl);
  const program = await site.ask('POST', confirmUrl, { accept: '*/*' });

  expect(page.status).toBe(410);
  expect(page.text).toMatch(/expired[\s\S]*<form[^>]*action="\/subscribe"/);
  expect(JSON.parse(program.text)).toMatchObject({ status: 410, code: 'confirm_link_expired' });
  expect(await site.find(ada)).toMatchObject({ state: 'pending' });
});

test('an old confirm link after leaving does not bring its reader back, and says why', async () => {
  const confirmUrl = await confirmed();
  await site.ask('POST', link('unsubscribe'));

  const answers = [await site.ask('GET', confirmUrl), await site.ask('POST', confirmUrl)];

  expect(answers.map(({ status }) => status)).toEqual([410, 410]);
  expect(answers[1]?.text).toMatch(/earlier subscription[\s\S]*<form[^>]*action="\/subscribe"/);
  expect(await site.find(ada)).toMatchObject({ state: 'unsubscribed' });
});

test('coming back works with the new link only', async () => {
  const old = await confirmed();
  await site.ask('POST', link('unsubscribe'));
  site.after(1);
  const fresh = await site.signUp();

  const answers = [await site.ask('POST', old), await site.ask('POST', fresh)];

  expect(answers.map(({ status }) => status)).toEqual([410, 200]);
  expect(await site.find(ada)).toMatchObject({ state: 'confirmed', confirmedAt: '2026-11-21T08:00:00.000Z' });
});

test.each([
  ['urlencoded', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
  [
    'multipart',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
  ],
  ['empty', undefined, ''],
  ['broken', 'multipart/form-data', '--'],
])('a mail program unsubscribes with one click and a body that is %s', async (_kind, type, body) => {
  await confirmed();

  const answers = [];
  for (let n = 0; n < 2; n += 1) answers.push(await site.ask('POST', link('unsubscribe'), { accept: '*/*', body, ...(type && { type }) }));

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[0]?.headers).not.toHaveProperty('location');
  expect(await site.find(ada)).toMatchObject({ state: 'unsubscribed' });
});

test('leaving is recorded once, with how it was done', async () => {
  await confirmed();
  const body = 'List-Unsubscribe=One-Click';

  await site.ask('POST', link('unsubscribe'), { body, type: 'application/x-www-form-urlencoded' });
  site.after(2);
  await site.ask('POST', link('unsubscribe'));

  const records = await site.consents.of(site.idOf(ada));
  expect(records.filter(({ event }) => event === 'left')).toEqual([{ event: 'left', at: '2026-11-20T08:00:00.000Z', page: 'one-click' }]);
});

test('an unsubscribe link works for ever, also for somebody we know nothing of', async () => {
  site.after(3650);

  const answers = [await site.ask('POST', link('unsubscribe')), await site.ask('GET', link('unsubscribe'))];

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await site.find(ada)).toBeUndefined();
});

test('preferences change the language of mails, show a masked address and let go', async () => {
  await confirmed();

  const page = await site.ask('GET', link('preferences'));
  const saved = await site.ask('POST', link('preferences'), { type: 'application/x-www-form-urlencoded', body: 'locale=zh-CN' });
  const chosen = await site.find(ada);
  const left = await site.ask('POST', link('preferences'), { type: 'application/x-www-form-urlencoded', body: 'leave=yes' });

  expect(page.text).toContain('a••@example.org');
  expect(page.text).not.toContain(ada);
  expect(saved.text).toContain('Saved');
  expect(chosen).toMatchObject({ state: 'confirmed', locale: 'zh-CN' });
  expect([left.status, (await site.find(ada))?.state]).toEqual([200, 'unsubscribed']);
  expect((await site.ask('GET', link('preferences'))).status).toBe(200);
});

test('a choice that is none is refused and changes nothing', async () => {
  await confirmed();

  const answers = await Promise.all(
    ['', 'locale=fr', 'leave=no'].map((body) =>
      site.ask('POST', link('preferences'), { accept: '*/*', type: 'application/x-www-form-urlencoded', body }),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(await site.find(ada)).toMatchObject({ state: 'confirmed', locale: 'en' });
});

test('a token that is forged, cut, missing or made for another page is 400 on every page, and the page helps', async () => {
  const confirmUrl = await site.signUp();
  const token = (address: string) => new URL(address, 'https://x').searchParams.get('t') ?? '';
  const own: Record<string, string> = {
    '/confirm': token(confirmUrl),
    '/unsubscribe': token(link('unsubscribe')),
    '/preferences': token(link('preferences')),
  };

  for (const [path, good] of Object.entries(own)) {
    const foreign = Object.values(own).filter((each) => each !== good);
    for (const bad of [good.slice(0, -1), `${good}A`, good.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), '', 'x', ...foreign])
      for (const method of ['GET', 'POST']) {
        const page = await site.ask(method, `${path}?t=${bad}`);
        const program = await site.ask(method, `${path}?t=${bad}`, { accept: '*/*' });
        expect([path, bad, page.status, JSON.parse(program.text).code]).toEqual([path, bad, 400, 'token_invalid']);
        expect(page.text).toMatch(path === '/confirm' ? /action="\/subscribe"/ : /mailto:contact@example\.org/);
      }
  }
  expect(await site.find(ada)).toMatchObject({ state: 'pending' });
});

test('pages that a token opens are kept by no cache, no robot and no referrer', async () => {
  const confirmUrl = await site.signUp();

  const pages = [await site.ask('GET', confirmUrl), await site.ask('GET', link('unsubscribe')), await site.ask('GET', `${confirmUrl}x`)];

  for (const { headers } of pages)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
});

test('nothing that is written to the log names an address or a token', async () => {
  const lines: string[] = [];
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) stream.write = ((chunk: unknown) => Boolean(lines.push(String(chunk)))) as typeof stream.write;
  const confirmUrl = await confirmed();
  await site.ask('POST', `${confirmUrl}x`);
  await site.ask('POST', link('unsubscribe'));
  await site.ask('POST', '/subscribe', { accept: '*/*', type: 'application/json', body: '{"email":"not-an@address@"}' });
  streams.forEach((stream, n) => {
    stream.write = writes[n] as typeof stream.write;
  });

  const log = lines.join('');
  expect(log).not.toContain('@');
  expect(log).not.toContain(new URL(confirmUrl).searchParams.get('t'));
});

test('why somebody leaves is asked after it is done, and once it is said they are thanked', async () => {
  await confirmed();
  const form = (body: string) => ({ type: 'application/x-www-form-urlencoded', body });

  const before = await site.ask('GET', link('unsubscribe'));
  const left = await site.ask('POST', link('unsubscribe'));
  const said = await site.ask('POST', link('unsubscribe'), form('reason=too_many'));
  const strange = await site.ask('POST', link('unsubscribe'), form('reason=%00'));

  expect(before.text).not.toContain('name="reason"');
  expect(left.text).toMatch(/Would you like to tell us why[\s\S]*name="reason" value="too_many"/);
  expect([said.text.includes('Thank you. The editors'), said.text.includes('name="reason"')]).toEqual([true, false]);
  expect(strange.status).toBe(200);
  expect(await site.find(ada)).toMatchObject({ state: 'unsubscribed', leftReason: 'too_many' });
});

test('who left on the page of their subscription may say why there, and who is on the list cannot leave a reason', async () => {
  await confirmed();
  const form = (body: string) => ({ type: 'application/x-www-form-urlencoded', body });

  const early = await site.ask('POST', link('preferences'), { accept: '*/*', ...form('reason=other') });
  await site.ask('POST', link('preferences'), form('leave=yes'));
  const said = await site.ask('POST', link('preferences'), form('reason=elsewhere'));

  expect(early.status).toBe(400);
  expect(said.text).toContain('Thank you. The editors');
  expect(await site.find(ada)).toMatchObject({ leftReason: 'elsewhere' });
});

test('a link speaks the language its reader chose, whatever the browser asks for, until the page’s switch says otherwise', async () => {
  const link = await site.signUp('ada@example.org', 'zh-TW');
  const question = await site.ask('GET', link, { language: 'en' });
  const switched = await site.ask('GET', `${link}&lang=en`, { language: 'zh-CN' });
  const confirmed = await site.ask('POST', link, { language: 'en' });
  await site.unsubscribe('ada@example.org');
  const ended = await site.ask('GET', link, { language: 'en' });

  expect(question.text).toContain('<h1>訂閱《Harbour Letter》？</h1>');
  expect(switched.text).toContain('<h1>Subscribe to Harbour Letter?</h1>');
  expect(confirmed.text).toContain('訂閱成功');
  expect(ended.text).toContain('這個連結已經用不上了');
});
