import { afterEach, beforeEach, expect, test } from 'vitest';
import { FeedbackLog } from '../../functions/feedback/feedback-log.ts';
import { ReaderFeedback } from '../../functions/feedback/reader-feedback.ts';
import { keys, shardOf } from '../../functions/platform/keys.ts';
import { linkTo } from '../../functions/subscribers/reader-links.ts';
import { eraseReader } from '../../functions/subscribers/tombstones/erase-reader.ts';
import { startTable } from '../support/dynamodb.ts';
import { actor } from '../support/people.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

const ada = 'ada@example.org';
const fresh = 'ada@new.example';
const topics = [
  { id: 'robots', name: { 'zh-CN': '机器人', en: 'Robots' } },
  { id: 'chips', name: 'Chips' },
];
let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table, { topics });
});
afterEach(() => database.stop());

const link = (email = ada) => linkTo(site.ring, '', { purpose: 'preferences', id: site.idOf(email) });

async function confirmed(email = ada) {
  await site.ask('POST', await site.signUp(email));
}

/** Later on, so that the next mail to this mailbox does not come too soon. */
async function longConfirmed(email: string) {
  await confirmed(email);
  site.afterMinutes(61);
}

const form = 'application/x-www-form-urlencoded';
const send = (address: string, body: string, accept = 'text/html') => site.ask('POST', address, { accept, type: form, body });

/** The second link, as it comes by mail. */
async function secondLink(email = ada) {
  await send(link(email), 'link=yes');
  await site.work();
  return site.mails.at(-1)?.confirmUrl ?? '';
}

async function move(from = ada, to = fresh) {
  await send(await secondLink(from), `newAddress=${encodeURIComponent(to)}`);
  await site.work();
  return site.mails.at(-1)?.confirmUrl ?? '';
}

test('a reader takes a break of one to three months by the calendar, sees until when, and ends it', async () => {
  await confirmed();

  const paused = await send(link(), 'pause=3');
  const reader = await site.find(ada);
  const page = await site.ask('GET', link());
  await send(link(), 'pause=0');

  expect(paused.text).toContain('Paused. Emails start again on February 20, 2027');
  expect(reader).toMatchObject({ state: 'confirmed', pausedUntil: '2027-02-20T08:00:00.000Z' });
  expect(page.text).toContain('receives Harbour Letter again from February 20, 2027');
  expect(await site.find(ada)).not.toHaveProperty('pausedUntil');
});

test('a break that began on the 31st ends on the last day of a shorter month', async () => {
  await confirmed();
  site.after(102);

  await send(link(), 'pause=1');
  site.after(31 - 2);
  await send(link(), 'pause=1');

  expect(await site.find(ada)).toMatchObject({ pausedUntil: '2027-04-30T08:00:00.000Z' });
});

test('topics are chosen by name; all of them means those of next year too; none is refused beside the field', async () => {
  await confirmed();

  const page = await site.ask('GET', `${link()}&lang=zh-CN`);
  await send(link(), 'topicsShown=yes&topic-chips=yes');
  const one = await site.find(ada);
  const none = await send(link(), 'topicsShown=yes&locale=zh-CN');
  await send(link(), 'topicsShown=yes&topic-chips=yes&topic-robots=yes');

  expect(page.text).toMatch(/id="topic-robots"[^>]*checked[\s\S]*机器人/);
  expect(one).toMatchObject({ topics: ['chips'] });
  expect([none.status, none.text.includes('Choose at least one topic')]).toEqual([400, true]);
  expect(await site.find(ada)).toMatchObject({ topics: [], locale: 'en' });
});

test.each([
  ['pause=4', 'invalid_request'],
  ['pause=-1', 'invalid_request'],
  ['locale=fr', 'invalid_request'],
  ['', 'nothing_chosen'],
  ['topics=robots', 'invalid_request'],
])('a choice that is none (%s) changes nothing', async (body, code) => {
  await confirmed();
  const before = await site.find(ada);

  const answer = await send(link(), body, '*/*');

  expect([answer.status, JSON.parse(answer.text).code]).toEqual([400, code]);
  expect(await site.find(ada)).toEqual(before);
});

test('a topic that does not exist is refused by name', async () => {
  await confirmed();

  const answer = await site.ask('POST', link(), { accept: '*/*', type: 'application/json', body: '{"topics":["ships"]}' });

  expect(JSON.parse(answer.text)).toMatchObject({ status: 400, detail: 'There is no topic “ships”; there are robots, chips.' });
});

test('a program signs somebody up for topics, and for none that does not exist', async () => {
  const subscribe = (chosen: string[]) =>
    site.ask('POST', '/subscribe', { accept: '*/*', type: 'application/json', body: JSON.stringify({ email: ada, topics: chosen }) });

  const answers = [await subscribe(['ships']), await subscribe(['chips'])];
  await site.work();

  expect(answers.map(({ status }) => status)).toEqual([400, 202]);
  expect(answers[0]?.text).toContain('There is no topic “ships”');
  expect(await site.find(ada)).toMatchObject({ state: 'pending', topics: ['chips'] });
});

test('the link of a mail shows neither data nor a way to delete or move; the second link goes to the address on file', async () => {
  await confirmed();

  const page = await site.ask('GET', link());
  const tries = await Promise.all(
    ['download=yes', 'erase=yes&sure=yes', 'newAddress=x@example.org'].map((body) => send(link(), body, '*/*')),
  );
  const second = await secondLink();
  const opened = await site.ask('GET', second);

  expect(page.text).not.toMatch(/name="(erase|download|newAddress)"/);
  expect(tries.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(await site.find(ada)).toMatchObject({ state: 'confirmed' });
  expect(site.mails.at(-1)).toMatchObject({ to: ada, tags: { kind: 'manage', reader: site.idOf(ada) } });
  expect(opened.text).toMatch(/name="newAddress"[\s\S]*name="download"[\s\S]*name="erase"/);
});

test('the second link is mailed once in ten minutes and three times in a day, and the page says which of them it is', async () => {
  await confirmed();

  const answers = [];
  for (let n = 0; n < 3; n += 1) answers.push((await send(link(), 'link=yes')).text);
  for (let n = 0; n < 3; n += 1) {
    await site.work();
    site.afterMinutes(11);
    answers.push((await send(link(), 'link=yes')).text);
  }
  site.after(1);
  answers.push((await send(link(), 'link=yes')).text);
  await site.work();

  const said = (text: string) =>
    ['We have mailed the link to the', 'a moment ago', '3 times in the last 24 hours'].findIndex((words) => text.includes(words));
  expect(answers.map(said)).toEqual([0, 1, 1, 0, 0, 2, 0]);
  expect(site.mails.filter(({ tags }) => tags.kind === 'manage')).toHaveLength(4);
});

test('a new address is asked three times in thirty days at most, no matter who asks, and one mail of these is left for a sign-up', async () => {
  const readers = ['bob@example.org', 'cem@example.org', 'dot@example.org', 'eve@example.org'];
  for (const reader of readers) await confirmed(reader);
  for (const reader of readers) {
    site.after(1);
    await send(await secondLink(reader), `newAddress=${encodeURIComponent('Victim+1@example.org')}`);
    await site.work();
  }
  site.after(1);
  for (const from of ['198.51.100.1', '198.51.101.1', '198.51.102.1']) {
    await site.ask('POST', '/subscribe', { from, accept: '*/*', type: 'application/json', body: '{"email":"victim+2@example.org"}' });
    await site.work();
    site.after(1);
  }

  const toVictim = site.mails.filter(({ to }) => /victim/i.test(to));
  expect(toVictim.map(({ tags }) => tags.kind)).toEqual(['move', 'move', 'confirmation']);
});

test('the second link works for an hour', async () => {
  await confirmed();
  const second = await secondLink();

  site.after(0.99 / 24);
  const before = await site.ask('GET', second);
  site.after(0.02 / 24);
  const after = await send(second, 'erase=yes&sure=yes');

  expect([before.status, after.status]).toEqual([200, 410]);
  expect(after.text).toContain('expired');
  expect(await site.find(ada)).toMatchObject({ state: 'confirmed' });
});

test('a reader downloads all we keep about them', async () => {
  await confirmed();
  await send(link(), 'topicsShown=yes&topic-chips=yes');

  const answer = await send(await secondLink(), 'download=yes');

  expect(answer.headers).toMatchObject({
    'content-disposition': 'attachment; filename="my-data.json"',
    'cache-control': 'no-store',
  });
  expect(JSON.parse(answer.text)).toMatchObject({
    reader: { id: site.idOf(ada), address: ada, state: 'confirmed', topics: ['chips'] },
    consent: [{ event: 'asked' }, { event: 'confirmed' }],
    networkAddresses: [{ event: 'asked' }, { event: 'confirmed' }],
  });
});

test('what a reader downloads says in their language what became of the last mails, and what their mailboxes said', async () => {
  await confirmed();
  const id = site.idOf(ada);
  const at = '2026-11-20T09:00:00.000Z';
  const batch = { digest: '2026-11-20T0100Z', shard: shardOf(id), batch: 0 };
  await database.table.put(keys.listedDigest({ id: batch.digest, scheduledFor: at }));
  await database.table.put({
    ...keys.digest(batch.digest),
    id: batch.digest,
    kind: 'slot',
    phase: 'done',
    subject: 'Tides',
    scheduledFor: at,
    frozenAt: at,
    startedAt: at,
  });
  await site.ledger.plan({ ...batch, readers: [id], plannedAt: 0, before: 0, from: '', through: id });
  await site.ledger.addEvidence(batch, 1, new Map([['delivered', [0]]]));
  await new FeedbackLog(database.table).record(id, ReaderFeedback.parse({ kind: 'soft', at, messageId: 'm-1', digest: batch.digest }));
  await site.ask('POST', await move());

  const answer = await send(`${await secondLink(fresh)}&lang=zh-CN`, 'download=yes');

  expect(JSON.parse(answer.text)).toMatchObject({
    reader: { address: fresh, formerIds: [id] },
    lastMails: [{ digest: '2026-11-20T0100Z', subject: 'Tides', at, outcome: 'delivered', means: '寄到了' }],
    saidByMailbox: [{ kind: 'soft', digest: '2026-11-20T0100Z', means: '邮箱暂时收不了信' }],
  });
});

test('who came on a list sees in their data where it was that they signed up', async () => {
  await database.table.put({
    ...keys.subscriber(site.idOf(ada)),
    state: 'confirmed',
    address: ada,
    locale: 'en',
    topics: [],
    nonce: 'aa',
    confirmedAt: '2026-11-01T00:00:00.000Z',
    consentImport: '2-list',
    consentedAt: '2024-05-01T00:00:00.000Z',
  });
  const declaration = {
    wording: '1',
    locale: 'en',
    origin: 'the stall at the harbour',
    by: actor('grace'),
    at: '2026-11-01T00:00:00.000Z',
  };
  await database.table.put({
    ...keys.readerImport('2-list'),
    id: '2-list',
    state: 'finished',
    uploadId: 'u',
    filename: '',
    size: 1,
    by: actor('grace'),
    createdAt: declaration.at,
    declaration,
  });

  const answer = await send(await secondLink(), 'download=yes');

  expect(JSON.parse(answer.text).consentByList).toEqual({
    import: '2-list',
    consentedAt: '2024-05-01T00:00:00.000Z',
    origin: 'the stall at the harbour',
    takenInAt: declaration.at,
  });
  expect(answer.text).not.toContain('grace');
});

test('deletion asks again, leaves no address, and links of old mails still answer', async () => {
  await confirmed();
  const second = await secondLink();
  const unsubscribe = linkTo(site.ring, '', { purpose: 'unsubscribe', id: site.idOf(ada) });

  const asked = await send(second, 'erase=yes');
  const still = await site.find(ada);
  const done = await send(second, 'erase=yes&sure=yes');
  const after = [await site.ask('POST', unsubscribe), await site.ask('GET', unsubscribe), await site.ask('GET', link())];

  expect([asked.status, asked.text.includes('Tick this box')]).toEqual([400, true]);
  expect(still).toMatchObject({ state: 'confirmed' });
  expect(done.text).toContain('Your data is deleted');
  expect(JSON.stringify(await database.table.get(keys.subscriber(site.idOf(ada))))).not.toContain('@');
  expect(after.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await site.consents.of(site.idOf(ada))).map(({ event }) => event)).toEqual(['asked', 'confirmed', 'erased']);
});

test('a deletion that broke off is ended by the same link, and of somebody who has left meanwhile it deletes as well', async () => {
  await confirmed();
  await confirmed(fresh);
  const [broken, gone] = [await secondLink(), await secondLink(fresh)];
  const lost = { ...site.consents, record: () => Promise.reject(new Error('died')) };
  await eraseReader(
    site.idOf(ada),
    { page: '/preferences' },
    { ...site.erasing, consents: Object.setPrototypeOf(lost, site.consents) },
  ).catch(() => undefined);
  await site.ask('POST', linkTo(site.ring, '', { purpose: 'unsubscribe', id: site.idOf(fresh) }));
  site.afterMinutes(1);

  const answers = [
    await send(broken, 'erase=yes&sure=yes'),
    await send(broken, 'erase=yes&sure=yes'),
    await send(gone, 'erase=yes&sure=yes'),
  ];
  const notSure = await send(gone, 'erase=yes');

  expect(answers.map(({ status, text }) => [status, text.includes('Your data is deleted')])).toEqual(answers.map(() => [200, true]));
  expect([notSure.status, notSure.text.includes('You are not on our list')]).toEqual([200, true]);
  for (const email of [ada, fresh]) {
    expect(await site.find(email)).toMatchObject({ state: 'erased' });
    expect((await site.consents.of(site.idOf(email))).at(-1)).toMatchObject({ event: 'erased' });
    expect((await site.contents(`SUBSCRIBER#${site.idOf(email)}`)).keys.filter((key) => !key.includes('CONSENT#'))).toEqual([]);
  }
});

test('deletion takes what is left under the addresses one had before', async () => {
  await confirmed();
  await site.ask('POST', await move());
  const left = () => site.contents(`SUBSCRIBER#${site.idOf(ada)}`).then(({ keys }) => keys.filter((key) => key.includes('NETWORK#')));
  const before = await left();

  await send(await secondLink(fresh), 'erase=yes&sure=yes');

  expect(before).not.toEqual([]);
  expect(await left()).toEqual([]);
  expect((await site.contents(`SUBSCRIBER#${site.idOf(ada)}`)).items.map(({ expiresAt }) => expiresAt)).not.toContain(undefined);
});

test('an erased reader may come back like anybody new', async () => {
  await confirmed();
  await send(await secondLink(), 'erase=yes&sure=yes');
  site.after(1);

  await confirmed();

  expect(await site.find(ada)).toMatchObject({ state: 'confirmed', address: ada, topics: [] });
});

test('a new address is mailed first, and takes over with its click: language, topics and break go along', async () => {
  await confirmed();
  await send(link(), 'topicsShown=yes&topic-chips=yes');
  await send(link(), 'pause=1');
  const url = await move();
  const looked = await site.ask('GET', url);
  const before = [await site.find(ada), await site.find(fresh)];

  const moved = await site.ask('POST', url);
  const again = await site.ask('POST', url);

  expect(site.mails.at(-1)).toMatchObject({ to: fresh, tags: { kind: 'move', reader: site.idOf(fresh) } });
  expect(looked.text).toContain('a••@new.example');
  expect(before).toMatchObject([{ state: 'confirmed' }, undefined]);
  expect([moved.status, again.status, moved.text.includes('Your address is changed')]).toEqual([200, 200, true]);
  expect(await site.find(ada)).toMatchObject({ state: 'moved', movedTo: site.idOf(fresh) });
  expect(await site.find(fresh)).toMatchObject({
    state: 'confirmed',
    address: fresh,
    topics: ['chips'],
    pausedUntil: '2026-12-20T08:00:00.000Z',
    confirmedAt: '2026-11-20T08:00:00.000Z',
  });
});

test('links of mails to the old address leave and pause for the new one, for ever, and say nothing of it', async () => {
  await confirmed();
  await site.ask('POST', await move());
  site.after(400);
  const unsubscribe = linkTo(site.ring, '', { purpose: 'unsubscribe', id: site.idOf(ada) });

  const pages = [await site.ask('GET', link()), await site.ask('GET', unsubscribe), await send(link(), 'pause=1')];
  const paused = await site.find(fresh);
  await send(link(), 'pause=0');
  const resumed = await site.find(fresh);
  await site.ask('POST', unsubscribe);

  for (const { status, text } of pages) expect([status, text.includes('new.example')]).toEqual([200, false]);
  expect(pages[0]?.text).toContain('You have changed your address since this mail');
  expect([paused, resumed]).toMatchObject([{ pausedUntil: '2028-01-25T08:00:00.000Z' }, { state: 'confirmed' }]);
  expect(resumed).not.toHaveProperty('pausedUntil');
  expect(await site.find(fresh)).toMatchObject({ state: 'unsubscribed' });
});

test('a link of a mail to the old address changes nothing else of the new one, and asks for no mail to it', async () => {
  await confirmed();
  await site.ask('POST', await move());
  const [before, mails] = [await site.find(fresh), site.mails.length];

  const answers = [];
  for (const body of ['locale=zh-CN', 'topicsShown=yes&topic-chips=yes', 'link=yes']) answers.push(await send(link(), body));
  const program = await send(link(), 'locale=zh-CN', '*/*');
  await site.work();

  expect(answers.map(({ status, text }) => [status, text.includes('name="leave"')])).toEqual(answers.map(() => [410, true]));
  expect(JSON.parse(program.text)).toMatchObject({ code: 'subscription_moved' });
  expect([await site.find(fresh), site.mails.length]).toEqual([before, mails]);
});

test.each(['moved to an address of their own', 'joined another reader'])('the second link ends when its reader has %s', async (how) => {
  await confirmed();
  if (how.startsWith('joined')) await longConfirmed(fresh);
  const second = await secondLink();
  site.afterMinutes(11);
  await site.ask('POST', await move());
  const before = await site.find(fresh);

  const answers = [await site.ask('GET', second)];
  for (const body of ['download=yes', 'newAddress=third%40evil.example', 'erase=yes&sure=yes']) answers.push(await send(second, body));
  await site.work();

  expect(answers.map(({ status, text }) => [status, text.includes('new.example')])).toEqual(answers.map(() => [410, false]));
  expect(answers[0]?.text).toContain('the subscription has changed its address or started again');
  expect(await site.find(fresh)).toEqual(before);
  expect(site.mails.map(({ to }) => to)).not.toContain('third@evil.example');
});

test('the second link ends when the address has got a new subscription', async () => {
  await confirmed();
  const second = await secondLink();
  site.afterMinutes(1);
  await send(link(), 'leave=yes');
  site.afterMinutes(1);
  await confirmed();

  expect((await send(second, 'download=yes')).status).toBe(410);
});

test('a request for the second link, or for a new address, that is answered after its reader has moved mails nobody', async () => {
  await confirmed();
  await longConfirmed(fresh);
  const arrival = await move();
  site.afterMinutes(11);
  const second = await secondLink();
  site.afterMinutes(11);
  await send(link(), 'link=yes');
  await send(second, 'newAddress=third%40evil.example');
  const mails = site.mails.length;

  await site.ask('POST', arrival);
  await site.work();

  expect(site.mails).toHaveLength(mails);
});

test('a new address that was wished for is forgotten when its reader leaves, and its link ends for good', async () => {
  await confirmed();
  const arrival = await move();
  await send(link(), 'leave=yes');
  const left = await database.table.get(keys.subscriber(site.idOf(ada)));
  site.after(1);
  await confirmed();

  const late = await site.ask('POST', arrival);

  expect(JSON.stringify(left)).not.toContain(fresh);
  expect(late.status).toBe(410);
  expect([await site.find(ada), await site.find(fresh)]).toMatchObject([{ state: 'confirmed' }, undefined]);
});

test('somebody who moves to an address that is subscribed already joins it', async () => {
  await confirmed();
  await longConfirmed(fresh);
  const before = await site.find(fresh);

  const moved = await site.ask('POST', await move());

  expect(moved.status).toBe(200);
  expect(await site.find(fresh)).toEqual(before);
  expect(await site.find(ada)).toMatchObject({ state: 'moved', joined: true });
});

test('moving there and back again ends where it began', async () => {
  await confirmed();
  await site.ask('POST', await move());
  site.after(1);
  await site.ask('POST', await move(fresh, ada));

  expect(await site.find(ada)).toMatchObject({ state: 'confirmed', address: ada });
  expect(await site.find(fresh)).toMatchObject({ state: 'moved', movedTo: site.idOf(ada) });
});

test('a suppressed mailbox is not mailed, and the page says the same as always', async () => {
  await confirmed();
  await longConfirmed(fresh);
  await site.suppress(fresh);
  const second = await secondLink();
  const sent = site.mails.length;

  const answer = await send(second, `newAddress=${encodeURIComponent(fresh)}`);
  await site.work();

  expect(answer.text).toContain('We have sent a mail to the new address');
  expect(site.mails).toHaveLength(sent);
});

test.each([
  ['not-an-address', 'This does not look like a complete email address'],
  ['ADA@example.org', 'This is the address you have now'],
])('a new address that is none (%s) is said beside the field, and kept', async (typed, words) => {
  await confirmed();

  const answer = await send(await secondLink(), `newAddress=${encodeURIComponent(typed)}`);

  expect(answer.status).toBe(400);
  expect(answer.text).toContain(words);
  expect(answer.text).toContain(`value="${typed}"`);
  expect(site.mails.at(-1)?.tags.kind).toBe('manage');
});

test('GET and HEAD change nothing on any of these pages', async () => {
  await confirmed();
  const links = [link(), await secondLink(), await move()];
  const before = JSON.stringify([await site.find(ada), await site.find(fresh), await site.consents.of(site.idOf(ada))]);

  for (const each of [...links, ...links.toReversed()])
    for (const method of ['GET', 'HEAD']) await site.ask(method, `${each}&erase=yes&sure=yes&leave=yes`);

  expect(JSON.stringify([await site.find(ada), await site.find(fresh), await site.consents.of(site.idOf(ada))])).toBe(before);
});
