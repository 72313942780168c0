import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SubmitOutcome } from '../../functions/mail/mailer.ts';
import { SesUnreachable } from '../../functions/mail/outage.ts';
import { minutesAfter } from '../../functions/platform/clock.ts';
import { ParkedMails } from '../../functions/subscribers/requested-mails/parked-mails.ts';
import { RequestedMail } from '../../functions/subscribers/requested-mails/requested-mail.ts';
import { NotNow, NotYet, orSoonAgain } from '../../functions/subscribers/requested-mails/soon-again.ts';
import { type ReaderSite, readerSite } from '../public/reader-site.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
let people = 0;
beforeAll(async () => {
  database = await startTable();
});
afterAll(() => database.stop());
beforeEach(() => {
  site = readerSite(database.table);
});

const now = () => new Date('2026-11-20T08:00:00.000Z');

const signUp = (email: string, { id = 'request-1' } = {}) => ({
  id,
  email,
  locale: 'en' as const,
  topics: [],
  at: '2026-11-20T07:59:00.000Z',
  transferAbroad: false,
  wording: '2026-11',
  page: 'api',
});

test('the mail goes to the address as it was typed, from the sender for confirmations, and says whose it is', async () => {
  site.queued.push(signUp('Ada.Lovelace@example.org'));
  await site.work();

  expect(site.mails).toMatchObject([
    {
      to: 'Ada.Lovelace@example.org',
      from: 'confirm@news.example.org',
      tags: { kind: 'confirmation', reader: site.idOf('ada.lovelace@example.org') },
    },
  ]);
  const raw = Buffer.from(site.mails[0]?.raw ?? '').toString();
  expect(raw).toMatch(/^Reply-To: editors@example\.org\r$/m);
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(raw).not.toMatch(/^List-Unsubscribe/m);
});

test.each<SubmitOutcome>([
  { kind: 'throttled' },
  { kind: 'quota' },
  { kind: 'blocked', reason: 'not verified' },
  { kind: 'not_sent', reason: 'no connection' },
  { kind: 'unknown', reason: 'reset' },
])('a sign-up whose mail ended as $kind comes back, and then mails the same link', async (outcome) => {
  const email = `waits-${++people}@example.org`;
  site.outcomes.push(outcome);
  site.queued.push(signUp(email));

  const [first] = await Promise.allSettled([site.work()]);
  site.queued.push(signUp(email));
  await site.work();

  expect(first?.status).toBe('rejected');
  expect((first as PromiseRejectedResult).reason.message).not.toContain('@');
  expect(site.mails.map(({ to }) => to)).toEqual([email]);
  expect(await site.consents.of(site.idOf(email))).toHaveLength(1);
});

test.each<[SubmitOutcome, 'soon_again' | 'parked']>([
  [{ kind: 'throttled' }, 'soon_again'],
  [{ kind: 'not_sent', reason: 'no connection' }, 'soon_again'],
  [{ kind: 'quota' }, 'parked'],
  [{ kind: 'blocked', reason: 'sending is paused' }, 'parked'],
  [{ kind: 'unverified', reason: 'not verified' }, 'parked'],
  [{ kind: 'denied', reason: 'the token has expired' }, 'parked'],
  [{ kind: 'unknown', reason: 'reset' }, 'parked'],
])('when a mail ends as %j its request is %s', async (outcome, what) => {
  const requests = new FakeQueue<RequestedMail>();
  const parked = new ParkedMails(database.table);
  const asked = signUp(`soon-${++people}@example.org`);
  const message = RequestedMail.parse(asked);
  site.outcomes.push(outcome);
  site.queued.push(asked);

  const answer = await orSoonAgain(message, async () => String(await site.work()), { requests, parked, now });
  const returned = [...requests.messages];
  await parked.wake(requests, now());

  expect(answer).toBe(what);
  expect(returned).toEqual(what === 'parked' ? [] : [{ ...message, tries: 1 }]);
  expect(requests.messages.slice(returned.length)).toEqual(
    what === 'parked' ? [{ ...message, tries: 0, parkedSince: now().toISOString() }] : [],
  );
});

test('while the breaker is open a request is parked, and none of its receives are used up', async () => {
  const parked = new ParkedMails(database.table);
  const message = RequestedMail.parse(signUp(`parked-${++people}@example.org`));
  const requests = new FakeQueue<RequestedMail>();

  const answer = await orSoonAgain(message, () => Promise.reject(new SesUnreachable()), { requests, parked, now });

  expect(answer).toBe('parked');
  expect(await parked.waitingSince()).toEqual(now());
  expect(await parked.wake(requests, now())).toBe(1);
  expect(await parked.wake(requests, now())).toBe(0);
});

test('a parked mail that gets through wakes others, and one that does not goes to the end of the line', async () => {
  const parked = new ParkedMails(database.table);
  const requests = new FakeQueue<RequestedMail>();
  const time = { now: now().getTime() };
  const services = { requests, parked, now: () => new Date(time.now) };
  for (let n = 0; n < 25; n += 1) {
    time.now += 1_000;
    await orSoonAgain(RequestedMail.parse(signUp(`crowd-${n}@example.org`)), () => Promise.reject(new SesUnreachable()), services);
  }
  await parked.wake(requests, services.now());
  const [bad, good] = requests.messages.splice(0) as [RequestedMail, RequestedMail];

  time.now += 1_000;
  await orSoonAgain(bad, () => Promise.reject(new NotNow('not verified')), services);
  await orSoonAgain(good, async () => 'submitted', services);
  await orSoonAgain(good, async () => 'submitted', services);

  const woken = requests.messages.map((message) => ('email' in message ? message.email : ''));
  expect(woken).toEqual([...Array.from({ length: 15 }, (_, n) => `crowd-${n + 10}@example.org`), 'crowd-0@example.org']);
});

test('a mail that its waker did not live to put on the queue is woken by another one', async () => {
  const parked = new ParkedMails(database.table);
  const broken = { send: () => Promise.reject(new Error('The queue cannot be reached.')) };
  const requests = new FakeQueue<RequestedMail>();
  await parked.park(RequestedMail.parse(signUp(`lost-${++people}@example.org`)), now());

  await expect(parked.wake(broken, now())).rejects.toThrow('cannot be reached');
  const soon = await parked.wake(requests, minutesAfter(now(), 1));
  const later = await parked.wake(requests, minutesAfter(now(), 6));

  expect([soon, later]).toEqual([0, 1]);
});

test('a request is put back five times, each for longer, and then parked', async () => {
  const delays: (number | undefined)[] = [];
  const requests = { send: async (_: object, options?: { delaySeconds?: number }) => void delays.push(options?.delaySeconds) };
  const services = { requests, parked: { park: async () => undefined, wake: async () => undefined }, now };
  const throttled = () => Promise.reject(new NotYet('throttled'));

  const answers = [0, 1, 2, 3, 4, 5].map((tries) => orSoonAgain({ tries }, throttled, services));

  expect(await Promise.all(answers)).toEqual([...Array.from({ length: 5 }, () => 'soon_again'), 'parked']);
  expect(delays).toEqual([3, 6, 12, 25, 50]);
});

test('a mail that cannot be composed is left to the queue and its dead letters', async () => {
  site.outcomes.push({ kind: 'unsendable', reason: 'no placeholder' });
  site.queued.push(signUp(`broken-${++people}@example.org`));

  await expect(site.work()).rejects.toThrow('unsendable');
});

test('a mail that SES refuses for good is not tried again', async () => {
  site.outcomes.push({ kind: 'rejected', reason: 'bad content' });
  site.queued.push(signUp('refused@example.org'));

  expect(await site.work()).toEqual(['rejected']);
});

test('a sign-up that the queue brings again mails nobody who left meanwhile', async () => {
  const email = 'left@example.org';
  site.queued.push(signUp(email));
  await site.work();
  await site.ask('POST', site.mails[0]?.confirmUrl ?? '');
  const [, leaveHref = ''] = /href="(\/unsubscribe[^"]+)"/.exec((await site.ask('GET', site.mails[0]?.confirmUrl ?? '')).text) ?? [];
  await site.ask('POST', leaveHref);

  site.queued.push(signUp(email));
  await site.work();

  expect(site.mails).toHaveLength(1);
  expect(await site.find(email)).toMatchObject({ state: 'unsubscribed' });
});

test('a mailbox that was dead for a month is tried by one mail, which brings back a reader who confirms it', async () => {
  const email = 'back@example.org';
  const at = (days: number) => ({
    ...signUp(email, { id: `day-${days}` }),
    at: new Date(Date.UTC(2026, 10, 20, 8) + days * 86_400_000).toISOString(),
  });
  await site.ask('POST', await site.signUp(email));
  await site.suppress(email);
  const mailed = site.mails.length;

  const answers: unknown[] = [];
  for (const days of [10, 32, 32, 33, 45]) {
    site.queued.push(at(days));
    answers.push(...(await site.work()));
  }
  const tried = site.mails.slice(mailed);
  await site.ask('POST', tried.at(-1)?.confirmUrl ?? '');

  // The sign-up of day 32 that the queue brings twice is mailed twice, as any other is.
  expect(answers).toEqual(['suppressed', 'submitted', 'submitted', 'suppressed', 'suppressed']);
  expect(tried).toHaveLength(2);
  expect(await site.find(email)).toMatchObject({ state: 'confirmed' });
});

test('nobody who complained is tried again, however long ago', async () => {
  const email = 'never@example.org';
  await site.ask('POST', await site.signUp(email));
  await site.suppress(email, 'complaint');
  const mailed = site.mails.length;

  site.queued.push({ ...signUp(email), at: '2029-11-20T08:00:00.000Z' });
  await site.work();

  expect(site.mails).toHaveLength(mailed);
});
