import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { logger } from '../../../functions/platform/logger.ts';
import { metrics } from '../../../functions/platform/metering/metric.ts';
import type { Table } from '../../../functions/platform/table.ts';
import type { ConfirmationMessage } from '../../../functions/subscribers/requested-mails/confirmation-message.ts';
import { releaseLine } from '../../../functions/subscribers/waiting-line/release-line.ts';
import { minutesAhead } from '../../../functions/subscribers/waiting-line/standing.ts';
import { WaitingLine } from '../../../functions/subscribers/waiting-line/waiting-line.ts';
import { startTable } from '../../support/dynamodb.ts';

process.env.POWERTOOLS_METRICS_NAMESPACE = 'Test';

let table: Table;
let stop: () => Promise<void>;
let time: Date;
let line: WaitingLine;
let sent: { email: string; delaySeconds: number }[];
beforeEach(async () => {
  ({ table, stop } = await startTable());
  time = new Date('2026-11-20T08:00:00Z');
  line = new WaitingLine(table, () => time);
  sent = [];
});
afterEach(() => stop());

/** At one mail a second. */
const perNetwork = 4;
const rate = async () => 14;

let ids = 0;
function messageOf(email: string): ConfirmationMessage {
  time = new Date(time.getTime() + 10);
  return { id: `id${ids++}`, email, locale: 'en', topics: [], at: time.toISOString(), transferAbroad: false, page: 'api' };
}
const at = (network: string, address: string) => ({ hour: '2026-11-20T08', network, address });
const join = (network: string, address: string) => line.join(messageOf(`${address}@${network}`), at(network, address), perNetwork);
async function joinAll(network: string, count: number) {
  for (let n = 0; n < count; n += 1) await join(network, `a${n}`);
}

type Requests = Parameters<typeof releaseLine>[0]['requests'];
const requests: Requests = {
  send: async (message, { delaySeconds = 0 } = {}) =>
    void sent.push({ email: 'email' in message ? String(message.email) : '', delaySeconds }),
};
async function release(minutes = 1, services: { requests?: Requests } = {}) {
  time = new Date(time.getTime() + minutes * 60_000);
  return releaseLine({ line, requests, rate, limits: { perNetwork }, now: () => time, ...services });
}
const mailed = () => sent.map(({ email }) => email);

test('who came first is mailed first, whatever the network, a second after the other', async () => {
  await join('home', 'a');
  await join('cafe', 'b');
  await join('home', 'c');
  await join('office', 'd');

  await release();

  expect(sent).toEqual(['a@home', 'b@cafe', 'c@home', 'd@office'].map((email, delaySeconds) => ({ email, delaySeconds })));
  expect(await line.total()).toMatchObject({ waiting: 0, ahead: 0 });
});

test('a minute lets as many go as the share of the pace has, and says how long the others wait', async () => {
  for (let n = 0; n < 100; n += 1) await join(`home${n}`, 'a');

  const told = minutesAhead(await line.total());
  const released = [await release(), await release(), await release()];

  expect(told).toBe(3);
  expect(released).toEqual([60, 40, 0]);
  expect(new Set(mailed()).size).toBe(100);
});

test('a network that nobody confirms waits behind everybody, and then has a mail a minute', async () => {
  await joinAll('bots', 20);
  await release();
  const before = mailed().length;
  await join('home', 'ada');

  await release();
  const beside = mailed().slice(before);
  await release();

  expect(before).toBe(perNetwork);
  expect(beside).toEqual(['ada@home', 'a4@bots']);
  expect(mailed().slice(before + 2)).toEqual(['a5@bots']);
  expect(await line.total()).toMatchObject({ waiting: 14, ahead: 0, usedUp: 1 });
});

test('each confirmation pays for five more mails of its network', async () => {
  await joinAll('carrier', 20);
  await release();

  for (const address of ['a0', 'a1']) await line.confirmed(at('carrier', address));
  await release();

  expect(mailed()).toHaveLength(perNetwork + 2 * 5);
});

test('confirmations of a network that has nothing in the line leave nothing behind', async () => {
  await line.confirmed(at('home', 'ada'));

  expect(await line.networks()).toEqual([]);
});

test('a network may have ten times its limit in the line, whatever it asks for', async () => {
  const answers = [];
  for (let n = 0; n < 45; n += 1) answers.push(await join('bots', `a${n}`));

  expect(answers.filter((answer) => answer === 'network_full')).toHaveLength(5);
  expect(await line.total()).toMatchObject({ waiting: 40 });
});

test('two who release at once send nothing twice', async () => {
  for (let n = 0; n < 30; n += 1) await join(`home${n}`, 'a');

  await Promise.all([release(), release(0)]);

  expect(mailed()).toHaveLength(30);
});

test('a watch that dies while releasing loses nobody, and what the line comes to is right again', async () => {
  await joinAll('home', 3);
  const dies: Requests = {
    send: async (message) => {
      await requests.send(message);
      throw new Error('killed');
    },
  };

  await release(1, { requests: dies }).catch(() => undefined);
  await release();
  await release();

  expect(new Set(mailed())).toEqual(new Set(['a0@home', 'a1@home', 'a2@home']));
  expect(await line.total()).toMatchObject({ waiting: 0, ahead: 0 });
});

test('what is counted and not there is forgotten', async () => {
  await join('home', 'ada');
  await join('home', 'bob');
  for await (const mail of line.mailsOf('home')) if (mail.address === 'bob') await line.leave(mail);

  for (let minute = 0; minute < 3; minute += 1) await release();

  expect(mailed()).toEqual(['ada@home']);
  expect(await line.total()).toMatchObject({ waiting: 0, ahead: 0 });
  expect((await line.networks()).map(({ waiting }) => waiting)).toEqual([0]);
});

test('a wait of more than ten minutes raises the alarm, a shorter one does not', async () => {
  const told = vi.spyOn(logger, 'info').mockReturnValue();
  const counted = () => told.mock.calls.filter(([message]) => message === metrics.signUpsWait).length;
  for (let n = 0; n < 600; n += 1) await join(`home${n}`, 'a');
  await release();
  const short = counted();
  for (let n = 0; n < 120; n += 1) await join(`more${n}`, 'a');
  await release();

  expect([short, counted()]).toEqual([0, 1]);
});

test('an empty line costs one read', async () => {
  const get = vi.spyOn(table, 'get');

  expect(await release()).toBe(0);

  expect(get).toHaveBeenCalledTimes(1);
});
