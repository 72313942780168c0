import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SubmitOutcome } from '../../functions/mail/mailer.ts';
import { RequestedMail } from '../../functions/subscribers/requests/requested-mail.ts';
import { NotYet, orSoonAgain } from '../../functions/subscribers/requests/soon-again.ts';
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

test.each<[SubmitOutcome, string]>([
  [{ kind: 'throttled' }, 'soon_again'],
  [{ kind: 'not_sent', reason: 'no connection' }, 'soon_again'],
  [{ kind: 'quota' }, 'fails'],
  [{ kind: 'blocked', reason: 'not verified' }, 'fails'],
  [{ kind: 'unknown', reason: 'reset' }, 'fails'],
])('when a mail ends as %j its request %s', async (outcome, what) => {
  const queue = new FakeQueue<RequestedMail>();
  const asked = signUp(`soon-${++people}@example.org`);
  const message = RequestedMail.parse(asked);
  site.outcomes.push(outcome);
  site.queued.push(asked);

  const answer = await orSoonAgain(message, async () => String(await site.work()), queue).catch(() => 'fails');

  expect(answer).toBe(what);
  expect(queue.messages).toEqual(what === 'fails' ? [] : [{ ...message, tries: 1 }]);
});

test('a request is put back five times, each for longer, and then left to the queue', async () => {
  const delays: (number | undefined)[] = [];
  const queue = { send: async (_: object, options?: { delaySeconds?: number }) => void delays.push(options?.delaySeconds) };
  const throttled = () => Promise.reject(new NotYet('throttled'));

  const outcomes = [0, 1, 2, 3, 4, 5].map((tries) => orSoonAgain({ tries }, throttled, queue).catch(() => 'fails'));

  expect(await Promise.all(outcomes)).toEqual([...Array.from({ length: 5 }, () => 'soon_again'), 'fails']);
  expect(delays).toEqual([3, 6, 12, 25, 50]);
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

test('a mailbox that was dead for a month is tried by one mail, which brings back whoever confirms it', async () => {
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
