import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys } from '../../../functions/platform/keys.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { LimitsSetting } from '../../../functions/settings/limits-setting.ts';
import type { CountedSignUp } from '../../../functions/subscribers/limits/counted-sign-up.ts';
import { SignUpLimits } from '../../../functions/subscribers/limits/sign-up-limits.ts';
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

test('a network has room for so many unconfirmed addresses, and the next waits in the line; another network has its own room', async () => {
  const { count } = inAnHour({ perNetwork: 2 });

  const answers = [await count('a'), await count('b'), await count('c'), await count('c', 'office')];

  expect(answers).toEqual(['now', 'now', 'line', 'now']);
});

test('the same address counts once, and asking for it again and again does nothing more in the end', async () => {
  const { store, signUp, count } = inAnHour({ perNetwork: 2 });

  const answers = [await count('a'), await count('a'), await count('a'), await count('a')];

  expect(answers).toEqual(['now', 'again', 'again', 'over']);
  expect(await store.waiting(signUp('b'))).toMatchObject({ inNetwork: 1, overall: 1, counted: false });
});

test('a confirmed address makes room, once', async () => {
  const { store, signUp, count } = inAnHour({ perNetwork: 2 });
  for (const address of ['a', 'b']) await count(address);

  const clicks = [await store.giveBack(signUp('a')), await store.giveBack(signUp('a'))];

  expect(clicks).toEqual(['given_back', 'before']);
  expect(await store.waiting(signUp('b'))).toMatchObject({ inNetwork: 1, overall: 1, counted: true });
  expect([await count('c'), await count('d')]).toEqual(['now', 'line']);
});

test('what was never counted gives nothing back', async () => {
  const { store, signUp } = inAnHour({});

  await store.giveBack(signUp('a'));

  expect(await store.waiting(signUp('a'))).toMatchObject({ inNetwork: 0, overall: 0, counted: false });
  expect(await table.get(keys.waitingOf('home', signUp('a').hour))).toBeUndefined();
});

test('all networks together have a limit, and who comes then waits in the line and is refused nothing', async () => {
  const { store, signUp, count } = inAnHour({ overall: 2 });

  const answers = [await count('a', 'one'), await count('b', 'two'), await count('c', 'three'), await count('a', 'one')];

  expect(answers).toEqual(['now', 'now', 'line', 'again']);
  expect(await store.waiting(signUp('c', 'three'))).toMatchObject({ inNetwork: 1, overall: 3, counted: true });
});

test('at once or one by one, no more than the limits go straight to their mail', async () => {
  const { store, signUp, count } = inAnHour({ perNetwork: 5, overall: 8 });

  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => count(`address-${n}`, n % 2 ? 'odd' : 'even')));

  const most = answers.filter((answer) => answer === 'now').length;
  expect(most).toBeGreaterThan(0);
  // Those that were too many for all networks count as well, so it may be fewer.
  expect(most).toBeLessThanOrEqual(8);
  const straight = (parity: number) => answers.filter((answer, n) => n % 2 === parity && answer === 'now').length;
  expect(Math.max(straight(0), straight(1))).toBeLessThanOrEqual(5);
  expect((await store.waiting(signUp('x', 'odd'))).overall).toBe(40);
});

test('thousands of addresses from one network are one item of eleven times its limit, which ends a day after its hour', async () => {
  const { hour, count } = inAnHour({ perNetwork: 10 });

  for (let n = 0; n < 200; n += 1) await count(`address-${n}`);

  const items = await Array.fromAsync(table.query({ pk: keys.waitingOf('home', hour).pk }));
  const [item, ...more] = items.filter(({ sk }) => sk === hour);
  expect(more).toEqual([]);
  expect(item).toMatchObject({ waiting: 110, addresses: { size: 110 } });
  expect(item?.expiresAt).toBe(Date.parse(`${hour}:00:00Z`) / 1000 + 27 * 3600);
});
