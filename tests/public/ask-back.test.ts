import { parseDocument } from 'htmlparser2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTable } from '../support/dynamodb.ts';
import { filledIn, formOf } from './form-of.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table);
});
afterEach(() => database.stop());

const send = (fields: Record<string, string>, language = 'en') =>
  site.ask('POST', '/subscribe', { language, type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() });

/** The form of the front page, filled in after so many seconds. */
async function fillIn(values: Record<string, string>, seconds = 10, path = '/') {
  const { text } = await site.ask('GET', path);
  site.afterMinutes(seconds / 60);
  return send(filledIn(text, values));
}

test('a form filled in by a person is taken at once', async () => {
  const answer = await fillIn({ email: 'ada@example.org' });

  expect([answer.status, site.queued.length]).toEqual([202, 1]);
});

test('one filled in as quickly as a machine does is asked for again, with what was typed, and then taken', async () => {
  const quick = await fillIn({ email: 'ada@example.org' }, 0);
  const before = site.queued.length;
  site.afterMinutes(1);
  const again = await send(filledIn(quick.text));

  expect([quick.status, before]).toEqual([400, 0]);
  expect(quick.text).toContain('press “Subscribe” again');
  expect(again.status).toBe(202);
  expect(site.queued).toMatchObject([{ email: 'ada@example.org' }]);
});

test('the field that people do not see is asked about and not held against anybody twice', async () => {
  const trapped = await fillIn({ email: 'ada@example.org', homepage: 'https://casino.example' });
  const before = site.queued.length;
  site.afterMinutes(1);
  const again = await send(filledIn(trapped.text));

  expect([trapped.status, before]).toEqual([400, 0]);
  expect(formOf(trapped.text).fields).not.toHaveProperty('homepage');
  expect(again.status).toBe(202);
});

test('a form from last week is asked for again', async () => {
  const { text } = await site.ask('GET', '/');
  site.after(7);

  const old = await send(filledIn(text, { email: 'ada@example.org' }));

  expect(old.status).toBe(400);
  expect(old.text).toContain('open for a long time');
  expect(old.text).toContain('value="ada@example.org"');
});

test('the box that was ticked stays ticked when it is asked again', async () => {
  site = readerSite(database.table, { locale: 'zh-CN' });
  const quick = await fillIn({ email: 'ada@example.org', transferAbroad: 'yes' }, 0);

  expect(quick.text).toMatch(/name="transferAbroad"[^>]* checked/);
});

test('a form on somebody’s own site has no stamp and needs none', async () => {
  expect((await send({ email: 'ada@example.org' })).status).toBe(202);
});

test('a typing mistake in the address is offered as a correction, and its button takes it', async () => {
  const asked = await fillIn({ email: 'ada@gmial.com' });
  const before = site.queued.length;
  const [yes] = formOf(asked.text).buttons;

  await send({ ...filledIn(asked.text), ...yes });

  expect([asked.status, before]).toEqual([200, 0]);
  expect(yes).toEqual({ address: 'ada@gmail.com' });
  expect(site.queued).toMatchObject([{ email: 'ada@gmail.com' }]);
});

test('who insists on the address as typed is taken at their word', async () => {
  const asked = await fillIn({ email: 'ada@gmial.com' });
  const [, no] = formOf(asked.text).buttons;

  const answer = await send({ ...filledIn(asked.text), ...no });

  expect(answer.status).toBe(202);
  expect(site.queued).toMatchObject([{ email: 'ada@gmial.com' }]);
});

test('who corrects it in the field means the field, whichever button they press', async () => {
  const asked = await fillIn({ email: 'ada@gmial.com' });
  const [yes] = formOf(asked.text).buttons;

  await send({ ...filledIn(asked.text, { email: 'ada@example.org' }), ...yes });

  expect(site.queued).toMatchObject([{ email: 'ada@example.org' }]);
});

test('a program is taken at its word, and told of the mistake beside the answer', async () => {
  const answer = await site.ask('POST', '/subscribe', { accept: '*/*', type: 'application/json', body: '{"email":"ada@qq.con"}' });

  expect([answer.status, JSON.parse(answer.text)]).toEqual([202, { status: 'check_your_mail', didYouMean: 'ada@qq.com' }]);
});

test('the archive’s form works however long a cache has kept it that day', async () => {
  const { text, headers } = await site.ask('GET', '/archive');
  const { headers: later } = await site.ask('GET', '/archive');
  site.afterMinutes(8 * 60);
  const { headers: muchLater } = await site.ask('GET', '/archive');

  expect([later, muchLater].map(({ etag }) => etag)).toEqual([headers.etag, headers.etag]);
  expect(parseDocument(text).children.length).toBeGreaterThan(0);
  if (text.includes('name="stamp"')) expect((await send(filledIn(text, { email: 'ada@example.org' }))).status).toBe(202);
});
