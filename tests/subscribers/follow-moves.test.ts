import { expect, test } from 'vitest';
import { followMoves, followReader, mostMoves } from '../../functions/subscribers/follow-moves.ts';
import { Subscriber } from '../../functions/subscribers/subscriber.ts';

const at = '2026-11-20T08:00:00.000Z';
const idOf = (n: number) => n.toString(16).padStart(32, '0');
const moved = (from: number, to: number, joined = false) =>
  Subscriber.parse({ id: idOf(from), state: 'moved', movedTo: idOf(to), movedAt: at, confirmedAt: at, joined });
const here = (n: number) =>
  Subscriber.parse({ id: idOf(n), state: 'confirmed', address: `${n}@example.org`, locale: 'en', topics: [], nonce: 'n', confirmedAt: at });

/** A list to follow readers through, which counts how often it was asked. */
function listOf(...readers: Subscriber[]) {
  const byId = new Map(readers.map((reader) => [reader.id, reader]));
  let reads = 0;
  const find = async (ids: readonly string[]) => {
    reads += 1;
    return ids.map((id) => byId.get(id));
  };
  return { find, findOne: async (id: string) => (await find([id]))[0], reads: () => reads };
}

/** A reader who has changed their address so many times. */
const chain = (moves: number) => [...Array.from({ length: moves }, (_, n) => moved(n, n + 1)), here(moves)];

test('a reader is found at the address they have now, however many of eight times they have moved', async () => {
  for (let moves = 0; moves <= mostMoves; moves += 1) {
    const list = listOf(...chain(moves));
    expect((await followReader(idOf(0), list.findOne))?.id).toBe(idOf(moves));
    expect(list.reads()).toBe(moves + 1);
  }
});

test('a reader with more than eight moves behind an old mail is as unknown, and is looked for no further', async () => {
  const list = listOf(...chain(mostMoves + 1));

  expect(mostMoves).toBe(8);
  expect(await followReader(idOf(0), list.findOne)).toBeUndefined();
  expect(await followReader(idOf(1), list.findOne)).toMatchObject({ id: idOf(9) });
  expect(list.reads()).toBe(18);
});

test('two items that lead to each other end the search', async () => {
  expect(await followReader(idOf(0), listOf(moved(0, 1), moved(1, 0)).findOne)).toBeUndefined();
});

test('nobody is found under an id without a reader, or behind a move to one', async () => {
  expect(await followReader(idOf(5), listOf().findOne)).toBeUndefined();
  expect(await followReader(idOf(0), listOf(moved(0, 1)).findOne)).toBeUndefined();
});

test('many are followed by one read a move, and each is found by the id that was asked for', async () => {
  const list = listOf(here(1), moved(2, 3), here(3), moved(4, 3, true), moved(5, 6, true), here(6));

  const found = await followMoves([1, 2, 3, 4, 5].map(idOf), list.find);

  expect(Object.fromEntries([...found].map(([asked, { id }]) => [asked, id]))).toEqual({
    [idOf(1)]: idOf(1),
    [idOf(2)]: idOf(3),
    [idOf(3)]: idOf(3),
    [idOf(4)]: idOf(3),
    [idOf(5)]: idOf(6),
  });
  expect(list.reads()).toBe(2);
});

test('a move that is declined leads nowhere', async () => {
  const list = listOf(moved(4, 3, true), moved(2, 3), here(3));

  const found = await followMoves([idOf(4), idOf(2)], list.find, ({ joined }) => !joined);

  expect([...found.keys()]).toEqual([idOf(2)]);
});
