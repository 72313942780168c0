import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Breaker } from '../../functions/mail/breaker.ts';
import type { SubmitOutcome } from '../../functions/mail/mailer.ts';
import { isFault, SesUnreachable } from '../../functions/mail/outage.ts';
import { Pace } from '../../functions/mail/pace.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => void (await table.delete(keys.pace)));

const refused: SubmitOutcome = { kind: 'not_sent', reason: 'Error: connect ECONNREFUSED' };
const taken: SubmitOutcome = { kind: 'submitted', messageId: 'm' };

/** Processes of one account, each with a breaker and a pace of its own. */
function account() {
  const time = { now: 1_800_000_000_000 };
  const ses = { maxSendRate: 14, fails: undefined as Error | undefined };
  const now = () => new Date(time.now);
  const sleep = async (milliseconds: number) => {
    time.now += milliseconds;
  };
  const sendQuota = async () => {
    if (ses.fails) throw ses.fails;
    return { maxSendRate: ses.maxSendRate, max24HourSend: 50_000, sentLast24Hours: 0 };
  };
  const aProcess = () => {
    const breaker = new Breaker({ table, now });
    return { breaker, pace: new Pace({ table, breaker, sendQuota, now, sleep }) };
  };
  return { time, ses, now, aProcess };
}

const answer = async (breaker: Breaker, ...outcomes: SubmitOutcome[]) => {
  for (const outcome of outcomes) await breaker.note(outcome);
};
const times = (count: number, outcome: SubmitOutcome) => Array.from({ length: count }, () => outcome);

test.each<[string, SubmitOutcome[], string | undefined]>([
  ['two refused connections', times(2, refused), undefined],
  ['three refused connections', times(3, refused), 'unreachable'],
  ['three answers that never came', times(3, { kind: 'unknown', reason: 'TimeoutError' }), 'unreachable'],
  ['failures with successes in between', [refused, refused, taken, refused, refused], undefined],
  ['a fifth of fifty', Array.from({ length: 10 }, () => [...times(4, taken), refused]).flat(), 'unreachable'],
  ['a tenth of fifty', Array.from({ length: 20 }, () => [...times(9, taken), refused]).flat(), undefined],
  ['expired credentials', [{ kind: 'denied', reason: 'ExpiredToken' }], 'denied'],
  ['a paused account', [{ kind: 'blocked', reason: 'paused' }], 'fault'],
  ['throttles', times(50, { kind: 'throttled' }), undefined],
  ['rejections', times(50, { kind: 'rejected', reason: 'no' }), undefined],
  ['a sender that is not verified', times(50, { kind: 'unverified', reason: 'no' }), undefined],
  ['mails that we cannot compose', times(50, { kind: 'unsendable', reason: 'no' }), undefined],
])('%s: nobody sends any more only where that is the account’s', async (_case, outcomes, cause) => {
  const { aProcess } = account();
  const [one, another] = [aProcess(), aProcess()];

  await answer(one.breaker, ...outcomes);

  expect((await one.breaker.look()).outage?.cause).toBe(cause);
  expect(await another.pace.reserve(1)).toEqual(cause ? 'unreachable' : [expect.anything()]);
});

test('three failures of three workers are three in a row', async () => {
  const { aProcess } = account();
  const [a, b, c] = [aProcess(), aProcess(), aProcess()];

  await answer(a.breaker, refused);
  await answer(b.breaker, refused);
  await answer(c.breaker, refused);

  expect(await a.pace.reserve(1)).toBe('unreachable');
});

test('somebody who waits at the screen is told at once that nobody can send', async () => {
  const { aProcess, time } = account();
  const { breaker, pace } = aProcess();
  await breaker.open('unreachable', 'no answer');
  const before = time.now;

  await expect(pace.turn()).rejects.toThrow(SesUnreachable);

  expect(time.now - before).toBeLessThan(1_000);
});

test('half open, one batch may go; when its mails go through, everybody may', async () => {
  const { aProcess } = account();
  const [one, another] = [aProcess(), aProcess()];
  await one.breaker.open('unreachable', 'no answer');
  await one.breaker.halfOpen(8);

  const first = await one.pace.reserve(5);
  const second = await another.pace.reserve(5);
  const third = await another.pace.reserve(5);
  await answer(one.breaker, ...times(5, taken));

  expect([first.length, second.length, third]).toEqual([5, 3, 'unreachable']);
  expect(await another.pace.reserve(5)).toHaveLength(5);
  expect(await one.breaker.look()).toMatchObject({ outage: undefined, last: { reason: 'no answer' } });
});

test('half open, one failure opens it again, and the outage goes on since it began', async () => {
  const { aProcess, time, now } = account();
  const [one, another] = [aProcess(), aProcess()];
  await one.breaker.open('unreachable', 'no answer');
  const began = now();
  time.now += 60_000;
  await one.breaker.halfOpen(50);

  await one.pace.reserve(5);
  await answer(one.breaker, taken, refused);

  expect(await another.pace.reserve(5)).toBe('unreachable');
  expect((await one.breaker.look()).outage).toMatchObject({ since: began, isTrial: false });
});

test('what was in hand before the outage does not close it', async () => {
  const { aProcess } = account();
  const [one, another] = [aProcess(), aProcess()];
  await another.pace.reserve(5);
  await answer(another.breaker, ...times(10, taken));
  await one.breaker.open('unreachable', 'no answer');
  await one.breaker.halfOpen(50);

  await another.pace.reserve(5);
  await answer(another.breaker, taken);

  expect((await one.breaker.look()).outage?.isTrial).toBe(true);
});

test('a worse cause takes the place of a better one, and not the other way round', async () => {
  const { aProcess } = account();
  const { breaker } = aProcess();

  await breaker.open('unreachable', 'no answer');
  await breaker.open('fault', 'paused');
  await breaker.open('denied', 'expired');

  expect((await breaker.look()).outage).toMatchObject({ cause: 'fault', reason: 'paused' });
});

test('refused credentials are a fault after ten minutes, a paused account at once, and an outage of SES never', () => {
  const since = new Date(1_800_000_000_000);
  const at = (minutes: number) => new Date(since.getTime() + minutes * 60_000);

  expect([isFault({ cause: 'denied', since }, at(9)), isFault({ cause: 'denied', since }, at(10))]).toEqual([false, true]);
  expect([isFault({ cause: 'fault', since }, at(0)), isFault({ cause: 'unreachable', since }, at(600))]).toEqual([true, false]);
});

test('an account that is granted no rate cannot send, and can again when SES grants one', async () => {
  const { aProcess, ses } = account();
  const { breaker, pace } = aProcess();
  ses.maxSendRate = 0;

  const meanwhile = await pace.reserve(5);
  ses.maxSendRate = 14;
  await pace.askAgain();
  await breaker.halfOpen(50);

  expect(meanwhile).toBe('unreachable');
  expect(await pace.reserve(5)).toHaveLength(5);
});

test('while SES does not say its quota the last one counts', async () => {
  const { aProcess, ses, time } = account();
  await aProcess().pace.reserve(1);
  ses.fails = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
  time.now += 61_000;

  expect(await aProcess().pace.reserve(5)).toHaveLength(5);
});

test('a mail that has waited two seconds for its answer holds up all others of its process, until it has one', async () => {
  const { aProcess, time } = account();
  const { breaker } = aProcess();
  let answered: (outcome: SubmitOutcome) => void = () => undefined;
  const mail = breaker.during(() => new Promise((resolve) => (answered = resolve)));

  const stuck = [breaker.isStuck()];
  time.now += 1_999;
  stuck.push(breaker.isStuck());
  time.now += 1;
  stuck.push(breaker.isStuck());
  answered(taken);
  await mail;
  stuck.push(breaker.isStuck());

  expect(stuck).toEqual([false, false, true, false]);
});

test('an answer that cannot be written down is the answer all the same', async () => {
  const { now } = account();
  const broken = { get: () => Promise.reject(new Error('throttled')), update: () => Promise.reject(new Error('throttled')) };
  const breaker = new Breaker({ table: broken, now });

  expect(await breaker.during(async () => refused)).toEqual(refused);
});
