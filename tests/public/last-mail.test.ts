import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTable } from '../support/dynamodb.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

const owner = 'owner@example.org';
let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table, {}, { realMails: true });
});
afterEach(() => database.stop());

let networks = 0;
/** From a network that nobody else uses. */
async function ask(email: string) {
  const from = `203.0.${++networks}.7`;
  const answer = await site.ask('POST', '/subscribe', { from, accept: '*/*', type: 'application/json', body: JSON.stringify({ email }) });
  await site.work();
  return answer;
}

/** Somebody types the address until no mail follows any more. */
async function useUp(email = owner) {
  for (let n = 0; n < 3; n += 1) {
    await ask(email);
    site.afterMinutes(61);
  }
  return site.mails.at(-1)?.confirmUrl ?? '';
}

test('the third mail says that it is the last, and the two before do not', async () => {
  await useUp();

  const texts = await Promise.all(site.mails.map(async ({ raw }) => (await PostalMime.parse(raw)).text ?? ''));
  expect(texts.map((text) => /works for (\d+) days/.exec(text)?.[1])).toEqual(['7', '7', '30']);
  expect(texts.map((text) => text.includes('we send it no other for 30 days'))).toEqual([false, false, true]);
});

test('its owner signs up weeks later, gets no mail as everybody is told, and gets in by the last one', async () => {
  const first = await ask('somebody@example.org');
  const last = await useUp();
  site.after(25);

  const answer = await ask(owner);
  const clicked = await site.ask('POST', last);

  expect([answer.status, answer.text]).toEqual([first.status, first.text]);
  expect(site.mails.filter(({ to }) => to === owner)).toHaveLength(3);
  expect(clicked.status).toBe(200);
  expect(await site.find(owner)).toMatchObject({ state: 'confirmed' });
});

test('the links of the mails before it end after a week, the last one’s after thirty days', async () => {
  await useUp();
  const links = site.mails.map(({ confirmUrl }) => confirmUrl);
  site.after(8);
  const week = await Promise.all(links.map(async (link) => (await site.ask('GET', link)).status));
  site.after(23);

  expect(week).toEqual([410, 410, 200]);
  expect((await site.ask('GET', links[2] ?? '')).status).toBe(410);
});

test.each([
  ['left', () => site.unsubscribe(owner)],
  ['was erased', () => site.erase(owner)],
])('who %s after the last mail and signs up again comes back by it; before that it opens nothing', async (_how, end) => {
  await site.ask('POST', await useUp());
  const last = site.mails.at(-1)?.confirmUrl ?? '';
  site.after(1);
  await end();
  site.after(1);

  const ended = await site.ask('POST', last);
  await ask(owner);
  const back = await site.ask('POST', last);

  expect([ended.status, back.status]).toEqual([410, 200]);
  expect(site.mails).toHaveLength(3);
  expect(await site.find(owner)).toMatchObject({ state: 'confirmed', confirmedAt: expect.stringContaining('2026-11-22') });
});

test('a reader who complained is not brought back by it', async () => {
  await site.ask('POST', await useUp());
  const last = site.mails.at(-1)?.confirmUrl ?? '';
  await site.suppress(owner, 'complaint');

  await ask(owner);

  expect((await site.ask('POST', last)).status).toBe(410);
  expect(await site.find(owner)).toMatchObject({ state: 'suppressed' });
});

test('thousands of sign-ups beyond the limit write down two networks and one sign-up', async () => {
  await useUp();
  await site.unsubscribe(owner);
  const before = (await site.contents('SUBSCRIBER#')).keys.length;
  for (let n = 0; n < 40; n += 1) await ask(owner);

  expect(await site.find(owner)).toMatchObject({ state: 'pending', askedFrom: { size: 2 } });
  // One more asking, and where it came from.
  expect((await site.contents('SUBSCRIBER#')).keys.length - before).toBeLessThanOrEqual(2);
});

test('the sign-up page and the page after it say the same to everybody', async () => {
  await useUp();
  const form = (email: string) =>
    site.ask('POST', '/subscribe', {
      from: `203.0.${++networks}.7`,
      type: 'application/x-www-form-urlencoded',
      body: new URLSearchParams({ email }).toString(),
    });

  const [usedUp, fresh] = [await form(owner), await form('fresh@example.org')];

  expect(usedUp.text).toBe(fresh.text);
  expect(fresh.text).toContain('The last one says so, and its link works for 30 days: if no new mail comes, use that one.');
});
