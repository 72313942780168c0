import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys } from '../../../functions/platform/keys.ts';
import { LimitsSetting } from '../../../functions/platform/limits-setting.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { ConfirmationLimit } from '../../../functions/subscribers/limits/confirmation-limit.ts';
import { type CountedSignUp, SignUpLimits } from '../../../functions/subscribers/limits/sign-up-limits.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

let hours = 0;
/** Every test counts in an hour of its own. */
function inAnHour(limits: Partial<LimitsSetting>) {
  const hour = new Date(Date.UTC(2026, 10, 1) + ++hours * 3_600_000).toISOString().slice(0, 13);
  const store = new SignUpLimits(table, LimitsSetting.parse(limits));
  const signUp = (address: string, network = 'home'): CountedSignUp => ({ hour, network, address });
  const count = async (...of: Parameters<typeof signUp>) => store.count(signUp(...of), await store.waiting(signUp(...of)));
  return { hour, store, signUp, count };
}

test('a network has room for so many unconfirmed addresses, another network for its own', async () => {
  const { count } = inAnHour({ perNetwork: 2 });

  const answers = [await count('a'), await count('b'), await count('c'), await count('c', 'office')];

  expect(answers).toEqual(['counted', 'counted', 'network_full', 'counted']);
});

test('the same address counts once, and asking for it again and again does nothing more in the end', async () => {
  const { store, signUp, count } = inAnHour({ perNetwork: 2 });

  const answers = [await count('a'), await count('a'), await count('a'), await count('a')];

  expect(answers).toEqual(['counted', 'counted_before', 'counted_before', 'over']);
  expect(await store.waiting(signUp('b'))).toEqual({ inNetwork: 1, overall: 1, counted: false });
});

test('a confirmed address makes room, once', async () => {
  const { store, signUp, count } = inAnHour({ perNetwork: 2 });
  for (const address of ['a', 'b']) await count(address);

  for (const _ of ['click', 'click again']) await store.giveBack(signUp('a'));

  expect(await store.waiting(signUp('b'))).toEqual({ inNetwork: 1, overall: 1, counted: true });
  expect([await count('c'), await count('d')]).toEqual(['counted', 'network_full']);
});

test('what was never counted gives nothing back', async () => {
  const { store, signUp } = inAnHour({});

  await store.giveBack(signUp('a'));

  expect(await store.waiting(signUp('a'))).toEqual({ inNetwork: 0, overall: 0, counted: false });
  expect(await table.get(keys.waitingOf('home', signUp('a').hour))).toBeUndefined();
});

test('all networks together have a limit; what it refuses takes no room of its network', async () => {
  const { store, signUp, count } = inAnHour({ overall: 2 });

  const answers = [await count('a', 'one'), await count('b', 'two'), await count('c', 'three'), await count('a', 'one')];

  expect(answers).toEqual(['counted', 'counted', 'full', 'counted_before']);
  expect(await store.waiting(signUp('c', 'three'))).toMatchObject({ inNetwork: 0, overall: 2 });
});

test('at once or one by one, a network never gets past its limit', async () => {
  const { store, signUp, count } = inAnHour({ perNetwork: 5, overall: 8 });

  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => count(`address-${n}`, n % 2 ? 'odd' : 'even')));

  expect(answers.filter((answer) => answer === 'counted')).toHaveLength(8);
  const [odd, even] = await Promise.all(['odd', 'even'].map((network) => store.waiting(signUp('x', network))));
  expect([odd?.inNetwork, even?.inNetwork].every((waiting) => (waiting ?? 9) <= 5)).toBe(true);
  expect(odd?.overall).toBe(8);
});

test('thousands of addresses from one network are one item of at most its limit, which ends with its hour', async () => {
  const { hour, count } = inAnHour({ perNetwork: 10 });

  for (let n = 0; n < 200; n += 1) await count(`address-${n}`);

  const items = await Array.fromAsync(table.query({ pk: keys.waitingOf('home', hour).pk }));
  const [item, ...more] = items.filter(({ sk }) => sk === hour);
  expect(more).toEqual([]);
  expect(item).toMatchObject({ waiting: 10, addresses: { size: 10 } });
  expect(item?.expiresAt).toBe(Date.parse(`${hour}:00:00Z`) / 1000 + 3 * 3600);
});

const limit = () => new ConfirmationLimit(table, LimitsSetting.parse({}));
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20, 8) + minutes * 60_000);
let requests = 0;
const request = (minutes: number) => ({ id: `request-${++requests}`, at: at(minutes) });
const day = 24 * 60;

test('an address gets one confirmation an hour', async () => {
  const answers = [];
  for (const minutes of [0, 1, 59, 60, 61]) answers.push(await limit().take('hourly', request(minutes)));

  expect(answers).toEqual(['granted', 'too_soon', 'too_soon', 'granted', 'too_soon']);
});

test('an address gets three confirmations in any thirty days', async () => {
  const answers = [];
  for (const days of [0, 10, 20, 29, 30, 31, 40, 41]) answers.push(await limit().take('monthly', request(days * day)));

  expect(answers).toEqual(['granted', 'granted', 'granted', 'too_soon', 'granted', 'too_soon', 'granted', 'too_soon']);
});

test('who has left since the last mail need not wait an hour to come back, but is mailed no fourth time', async () => {
  const answers = [];
  for (const minutes of [0, 4, 8, 12])
    answers.push(await limit().take('returns', { ...request(minutes), leftAt: at(minutes - 1).toISOString() }));

  expect(answers).toEqual(['granted', 'granted', 'granted', 'too_soon']);
});

test('a request that the queue brings again keeps its turn, and one that overtook it takes no second', async () => {
  const [first, second] = [request(30), request(0)];

  const answers = [await limit().take('again', first), await limit().take('again', second), await limit().take('again', first)];

  expect(answers).toEqual(['granted', 'too_soon', 'granted']);
});

test('of many requests of one moment one is granted', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => limit().take('bombed', request(0))));

  expect(answers.filter((answer) => answer === 'granted')).toHaveLength(1);
});
