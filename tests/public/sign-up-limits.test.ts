import type { Challenge } from 'altcha-lib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTable } from '../support/dynamodb.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table, { limits: { perNetwork: 3, overall: 5 } }, { proofs: solver });
});
afterEach(() => database.stop());

/** Whose arithmetic takes no time. */
const solver = {
  challenge: async () => ({}) as Challenge,
  redeem: async (proof: string) => (proof === 'solved' ? 'good' : 'bad') as 'good' | 'bad',
};

const ask = (email: string, { from = '203.0.113.7', accept = '*/*', language = 'en', headers = {}, proof = 'solved' } = {}) =>
  site.ask('POST', '/subscribe', { from, accept, language, headers, type: 'application/json', body: JSON.stringify({ email, proof }) });

async function askFor(count: number, from: string) {
  const answers = [];
  for (let n = 0; n < count; n += 1) answers.push((await ask(`stranger-${n}@${from.replace(/\W/g, '-')}.example.org`, { from })).status);
  return answers;
}

/** Three that are mailed at once; of six in the line, three are mailed, and nobody confirms any. */
async function behaveLikeBots(from = '203.0.113.7') {
  const answers = await askFor(9, from);
  await site.release();
  return answers;
}

test('beyond its limit a network’s sign-ups are taken with a proof, and told when their mail comes', async () => {
  await askFor(3, '203.0.113.7');

  const without = await ask('ada@example.org', { proof: '' });
  const taken = await ask('ada@example.org');
  site.afterMinutes(0.1);
  const elsewhere = await ask('elsewhere@example.org', { from: '192.0.2.7' });

  expect(without.status).toBe(428);
  expect([taken.status, JSON.parse(taken.text)]).toEqual([202, { status: 'check_your_mail', mailWithinMinutes: 2 }]);
  // Nobody overtakes who came before.
  expect(JSON.parse(elsewhere.text)).toMatchObject({ mailWithinMinutes: 2 });
  expect(site.queued).toHaveLength(3);
  site.afterMinutes(1);
  await site.release();
  await site.work();
  expect(site.mails.map(({ to }) => to).slice(3)).toEqual(['ada@example.org', 'elsewhere@example.org']);
});

test('a network that behaves like bots is refused, in words and in seconds; other networks are served', async () => {
  const answers = await behaveLikeBots();

  const refused = await ask('one-more@example.org', { from: '203.0.113.200' });
  const elsewhere = await ask('elsewhere@example.org', { from: '203.0.114.7' });

  expect(new Set(answers)).toEqual(new Set([202]));
  expect(refused).toMatchObject({
    status: 429,
    headers: { 'retry-after': '3600', 'content-type': 'application/problem+json; charset=utf-8' },
  });
  expect(JSON.parse(refused.text)).toMatchObject({
    status: 429,
    code: 'network_full',
    detail: expect.stringContaining('this network'),
  });
  expect(elsewhere.status).toBe(202);
});

test('a browser gets a page that says why, until when, and what helps', async () => {
  await behaveLikeBots();

  const page = await ask('one-more@example.org', { accept: 'text/html' });
  const chinese = await ask('one-more@example.org', { accept: 'text/html', language: 'zh-CN' });

  expect(page).toMatchObject({ status: 429, headers: { 'retry-after': '3600', 'cache-control': 'no-store' } });
  expect(page.text).toContain('You can try again in 60 minutes.');
  expect(chinese.text).toContain('60 分钟后就可以再试');
});

test('who waits in the line is told so, in their language, and that signing up again makes it no faster', async () => {
  await askFor(3, '203.0.113.7');

  const page = await ask('ada@example.org', { accept: 'text/html' });
  const again = await ask('ada@example.org', { accept: 'text/html', language: 'zh-TW' });
  site.afterMinutes(1);
  await site.release();

  expect([page.status, again.status]).toEqual([202, 202]);
  expect(page.text).toContain('your confirmation mail goes out within 2 minutes');
  expect(again.text).toContain('確認信會在 2 分鐘內寄出');
  expect(site.queued).toHaveLength(4);
});

test('an hour later there is room again', async () => {
  await askFor(3, '203.0.113.7');
  site.afterMinutes(60);

  const later = await ask('later@example.org');

  expect([later.status, JSON.parse(later.text)]).toEqual([202, { status: 'check_your_mail' }]);
});

test('a person who confirms makes room: an office full of readers is no attack', async () => {
  for (let n = 0; n < 8; n += 1) {
    const from = '203.0.113.7';
    expect((await ask(`colleague-${n}@example.org`, { from })).status).toBe(202);
    await site.work();
    await site.ask('POST', site.mails.at(-1)?.confirmUrl ?? '', { from: '198.51.100.9' });
  }

  expect(site.mails).toHaveLength(8);
});

test('addresses from everywhere have a limit as well, beyond which everybody waits in one line', async () => {
  const answers = [...(await askFor(3, '203.0.113.7')), ...(await askFor(3, '2001:db8::1'))];

  const next = await ask('one-more@example.org', { from: '192.0.2.1' });

  expect(answers).toEqual([202, 202, 202, 202, 202, 202]);
  expect(JSON.parse(next.text)).toMatchObject({ mailWithinMinutes: 2 });
  expect(site.queued).toHaveLength(5);
});

test('a program that calls the API itself and writes other addresses into headers stays in one network', async () => {
  const forged = (n: number) => ({
    'x-forwarded-for': `198.51.${n}.7`,
    'cloudfront-viewer-address': `198.51.${n}.7:4711`,
    'x-origin-key': 'a guess',
  });

  const answers = [];
  for (let n = 0; n < 5; n += 1) answers.push((await ask(`forged-${n}@example.org`, { headers: forged(n), proof: '' })).status);

  expect(answers).toEqual([202, 202, 202, 428, 428]);
});

test('one address is mailed once an hour and three times in thirty days, no matter who asks, and every answer is the same', async () => {
  const answers = new Set<string>();
  for (let n = 0; n < 30; n += 1) {
    const { status, headers, text } = await ask('victim@example.org', { from: `203.0.${n}.7` });
    answers.add(JSON.stringify([status, headers, text]));
    await site.work();
    site.afterMinutes(30);
  }

  expect(answers.size).toBe(1);
  expect(site.mails).toHaveLength(3);
  expect(await site.consents.of(site.idOf('victim@example.org'))).toHaveLength(3);
});

test('the page says how often mails come and where else to look', async () => {
  const { text } = await ask('ada@example.org', { accept: 'text/html' });

  expect(text).toContain('at most one confirmation mail every hour, and at most 3 in 30 days');
  expect(text).toContain('spam folder');
});

test('a sign-up that never got onto the queue may be tried again', async () => {
  site.breakQueue(3);

  const answers = await askFor(3, '203.0.113.7');
  const again = await askFor(3, '203.0.113.7');

  expect([answers, again]).toEqual([
    [500, 500, 500],
    [202, 202, 202],
  ]);
});

test('no address, of a reader or of a network, is in the key of a limit', async () => {
  await ask('ada@example.org', { from: '203.0.113.7' });
  await site.work();

  const { keys: stored } = await site.contents('LIMIT#');

  expect(stored.length).toBeGreaterThan(2);
  expect(stored.filter((key) => /203|113|ada|example/.test(key.replace(/#\d{4}-\d\d-\d\dT\d\d$/, '')))).toEqual([]);
});
