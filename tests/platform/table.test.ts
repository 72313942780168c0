import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

test('a write whose condition does not hold answers false and changes nothing', async () => {
  const key = { pk: 'P', sk: 'once' };
  const absent = { expression: 'attribute_not_exists(pk)' };

  const answers = [await table.put({ ...key, n: 1 }, absent), await table.put({ ...key, n: 2 }, absent)];

  expect(answers).toEqual([true, false]);
  expect(await table.get(key)).toMatchObject({ n: 1 });
});

test('a partition is walked in key order, behind a key, through pages, and up to a limit', async () => {
  for (const n of ['3', '1', '2', '4']) await table.put({ pk: 'W', sk: n });

  const walked = async (range: object) => (await Array.fromAsync(table.query({ pk: 'W', ...range }))).map((item) => item.sk);

  expect(await walked({ after: '1' })).toEqual(['2', '3', '4']);
  expect(await walked({ descending: true, limit: 2 })).toEqual(['4', '3']);
  expect(await walked({ pageSize: 1 })).toEqual(['1', '2', '3', '4']);
});

test('many items are read at once, also more than one request takes', async () => {
  const keys = Array.from({ length: 120 }, (_, n) => ({ pk: 'M', sk: String(n) }));
  await Promise.all(keys.map((key) => table.put(key)));

  const found = await table.getMany([...keys, { pk: 'M', sk: 'absent' }]);

  expect(found).toHaveLength(120);
});
