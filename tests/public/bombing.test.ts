import type { Challenge } from 'altcha-lib';
import { beforeEach, expect, test, vi } from 'vitest';
import { Table } from '../../functions/platform/table.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

vi.setConfig({ testTimeout: 120_000 });

/** On the simulation's database: ten thousand requests through the real routes in seconds. */
let site: ReaderSite;
let table: Table;
let written: Set<string>;
beforeEach(() => {
  written = new Set();
  const database = new MemoryDatabase({ onWrite: ({ pk, sk }) => void written.add(`${pk?.S}/${sk?.S}`) });
  table = new Table(database.client(), 'Table');
  site = readerSite(table);
});

const bombs = 10_000;

const networks = () => [...written].filter((key) => key.startsWith('LIMIT#NETWORK'));

const ask = async (email: string, from: string, proof?: string) =>
  (await site.ask('POST', '/subscribe', { from, accept: '*/*', type: 'application/json', body: JSON.stringify({ email, proof }) })).status;

/** Whose arithmetic takes no time. */
const solver = {
  challenge: async () => ({}) as Challenge,
  redeem: async (proof: string) => (proof === 'solved' ? 'good' : 'bad') as 'good' | 'bad',
};

/** An honest reader somewhere else, from the form to the click. */
async function honest(name: string, from = '192.0.2.77', proof?: string) {
  const before = site.mails.length;
  const status = await ask(`${name}@example.org`, from, proof);
  if (proof) {
    site.afterMinutes(1);
    await site.release();
  }
  await site.work();
  const link = site.mails.slice(before).find(({ to }) => to === `${name}@example.org`)?.confirmUrl ?? '';
  return [status, (await site.ask('POST', link, { from })).status];
}

const counted = (statuses: number[]) => Object.fromEntries([...Map.groupBy(statuses, String)].map(([status, all]) => [status, all.length]));

test('ten thousand requests for one address are one mail, a handful of items, and nobody else’s trouble', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < bombs; n += 1) {
    statuses.push(await ask('victim@example.org', '203.0.113.7'));
    if (n % 500 === 0) await site.work();
  }
  await site.work();

  expect(counted(statuses)).toEqual({ 202: bombs });
  expect(site.mails.map(({ to }) => to)).toEqual(['victim@example.org']);
  expect(written.size).toBeLessThanOrEqual(8);
  expect(await honest('ada')).toEqual([202, 200]);
});

test('ten thousand requests for one address from ten thousand networks are one mail an hour and three a month', async () => {
  const network = (n: number) => `${1 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.9`;
  for (let n = 0; n < bombs; n += 1) {
    await ask('victim@example.org', network(n));
    if (n % 500 === 499) {
      await site.work();
      site.afterMinutes(12);
    }
  }

  expect(site.mails.map(({ to }) => to)).toEqual(Array.from({ length: 3 }, () => 'victim@example.org'));
  // Four hours and a bit, each with as many networks as may go on without a proof.
  expect(networks().length).toBeLessThanOrEqual(5 * 200);
});

test('ten thousand addresses from one network are as many mails and items as its limit, and others are served meanwhile', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < bombs; n += 1) {
    statuses.push(await ask(`victim-${n}@example.org`, `203.0.113.${n % 256}`));
    if (n % 1000 === 0) expect(await honest(`reader-${n}`, `198.51.${n / 1000}.7`)).toEqual([202, 200]);
  }
  await site.work();

  const answers = counted(statuses);
  expect(answers).toEqual({ 202: 30, 428: bombs - 30 });
  expect(site.mails.filter(({ to }) => to.startsWith('victim'))).toHaveLength(30);
  // Of each victim: the sign-up, its evidence, where it came from, its limit. Of ten honest readers the same and their click.
  expect(written.size).toBeLessThanOrEqual(30 * 4 + 10 * 8 + 5);
  expect(networks().length).toBe(11);
});

test('with a solver in hand a network has two times its limit of mails, some wait, all others are refused, and nobody else waits long', async () => {
  site = readerSite(table, { limits: { proofFromNetwork: 10_000 } }, { proofs: solver });
  const statuses: number[] = [];
  for (let n = 0; n < 2_000; n += 1) statuses.push(await ask(`victim-${n}@example.org`, '2001:db8::1', 'solved'));
  await site.work();
  const atOnce = site.mails.length;
  for (let minute = 0; minute < 5; minute += 1) {
    site.afterMinutes(1);
    await site.release();
    await site.work();
  }

  expect(counted(statuses)).toEqual({ 202: 1_100, 429: 900 });
  expect(atOnce).toBe(100);
  // A hundred more by the line, and then one a minute while nobody else waits.
  expect(site.mails.length).toBeLessThanOrEqual(205);
  expect(await honest('ada', '192.0.2.77', 'solved')).toEqual([202, 200]);
  expect(await ask('late@example.org', '2001:db8::1', 'solved')).toBe(429);
});
