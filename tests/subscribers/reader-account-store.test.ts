import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../functions/platform/table.ts';
import { ReaderAccount } from '../../functions/subscribers/account/reader-account.ts';
import { subscriberId } from '../../functions/subscribers/subscriber-id.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
let store: SubscriberStore;
let account: ReaderAccount;
beforeAll(async () => {
  ({ table, stop } = await startTable());
  store = new SubscriberStore(table);
  account = new ReaderAccount(table);
});
afterAll(() => stop());

const day = (n: number) => new Date(Date.UTC(2026, 10, n, 8));
let people = 0;
const someone = () => {
  const address = `mover-${++people}@example.org`;
  return { id: subscriberId('key', address), address, locale: 'en' as const, topics: [] };
};

async function confirmed(on = day(2)) {
  const person = someone();
  await store.addConfirmed(person, on);
  return person;
}

async function moved(from: { id: string }, to: { id: string; address: string }, on: Date) {
  const wish = await account.wantToMove(from.id, to);
  return account.move(from.id, wish?.nonce ?? '', on);
}

/** Under which ids a digest frozen then counts its readers. */
async function audience(ids: readonly string[], frozenAt: Date) {
  const found = await Promise.all(
    ids.map(async (id) => {
      const shard = await Array.fromAsync(store.confirmedIn(id.slice(0, 1), { frozenAt: frozenAt.toISOString() }));
      return shard.filter((key) => key.id === id && key.confirmed).map((key) => key.id);
    }),
  );
  return found.flat();
}

test('a digest counts a reader who moves once, under the address they had when it froze', async () => {
  const old = await confirmed();
  const fresh = someone();

  await moved(old, fresh, day(10));

  expect(await audience([old.id, fresh.id], day(9))).toEqual([old.id]);
  expect(await audience([old.id, fresh.id], day(11))).toEqual([fresh.id]);
});

test('a move in the seconds by which clocks differ counts as after the freeze, so that no walk misses the reader or has them twice', async () => {
  const old = await confirmed();
  const fresh = someone();

  await moved(old, fresh, new Date(day(10).getTime() - 15_000));

  expect(await audience([old.id, fresh.id], day(10))).toEqual([old.id]);
});

test('a batch planned under the old address reaches the new one, over several moves', async () => {
  const first = await confirmed();
  const [second, third] = [someone(), someone()];
  await moved(first, second, day(5));
  await moved(second, third, day(6));

  const readers = await store.confirmedAmong([first.id]);

  expect(readers.get(first.id)).toMatchObject({ id: third.id, address: third.address });
});

test('who joins another reader is mailed once: under the other', async () => {
  const [old, other] = [await confirmed(), await confirmed()];

  const move = await moved(old, other, day(10));

  expect(move).toMatchObject({ outcome: 'joined', id: other.id });
  expect(await audience([old.id, other.id], day(9))).toEqual([other.id]);
  expect([...(await store.confirmedAmong([old.id, other.id])).keys()]).toEqual([other.id]);
});

test('the same click many times at once is one move', async () => {
  const old = await confirmed();
  const fresh = someone();
  const wish = await account.wantToMove(old.id, fresh);

  const moves = await Promise.all(Array.from({ length: 6 }, () => account.move(old.id, wish?.nonce ?? '', day(4))));

  expect(new Set(moves.map(({ outcome }) => outcome))).toEqual(new Set(['moved']));
  expect(await store.find(fresh.id)).toMatchObject({ state: 'confirmed' });
});

test('a move that died half way is ended by the next click, and loses nobody meanwhile', async () => {
  const old = await confirmed();
  const fresh = someone();
  const wish = await account.wantToMove(old.id, fresh);
  let writes = 0;
  const dying = Object.create(table, {
    update: {
      value: async (...parameters: Parameters<Table['update']>) => {
        writes += 1;
        if (writes === 2) throw new Error('the process is gone');
        return table.update(...parameters);
      },
    },
  }) as Table;

  await expect(new ReaderAccount(dying).move(old.id, wish?.nonce ?? '', day(4))).rejects.toThrow('gone');
  const between = [await store.find(old.id), await store.find(fresh.id)];
  await account.move(old.id, wish?.nonce ?? '', day(5));

  expect(between).toMatchObject([{ state: 'confirmed' }, { state: 'confirmed' }]);
  expect([await store.find(old.id), await store.find(fresh.id)]).toMatchObject([{ state: 'moved' }, { state: 'confirmed' }]);
});

test('a suppressed address takes nobody in, and an unsubscribed one does: its owner just said yes', async () => {
  const [one, two] = [await confirmed(), await confirmed()];
  const [dead, left] = [await confirmed(), await confirmed()];
  const wishes = [await account.wantToMove(one.id, dead), await account.wantToMove(two.id, left)];
  await store.suppress(dead.id, 'complaint', day(3));
  await store.unsubscribe(left.id, day(3), 'page');

  const moves = [await account.move(one.id, wishes[0]?.nonce ?? '', day(4)), await account.move(two.id, wishes[1]?.nonce ?? '', day(4))];

  expect(moves.map(({ outcome }) => outcome)).toEqual(['ended', 'moved']);
  expect(await store.find(one.id)).toMatchObject({ state: 'confirmed' });
  expect(await store.find(dead.id)).toMatchObject({ state: 'suppressed' });
});

test('the old address may sign up again on its own, and the reader who left it stays where they are', async () => {
  const old = await confirmed();
  const fresh = someone();
  await moved(old, fresh, day(4));

  const again = await store.signUp(old, day(6));

  expect(again).toMatchObject({ state: 'pending', id: old.id });
  expect(await store.find(fresh.id)).toMatchObject({ state: 'confirmed' });
});
