import { expect, test } from 'vitest';
import { once, oncePer } from '../../../functions/platform/process/once.ts';

test('what is made once is made at the first call, for all who ask', async () => {
  let made = 0;
  const thing = once(async () => ++made);

  expect(await Promise.all([thing(), thing()])).toEqual([1, 1]);
  expect(await thing()).toBe(1);
});

test('a failure is not kept: the next call tries again', async () => {
  let tries = 0;
  const thing = once(async () => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return tries;
  });

  await expect(thing()).rejects.toThrow('not yet');
  expect(await thing()).toBe(2);
});

test('each key has a thing of its own', async () => {
  const made: string[] = [];
  const named = oncePer(
    async (name: string) => made.push(name),
    (name) => name,
  );

  await Promise.all([named('a'), named('b'), named('a')]);

  expect(made).toEqual(['a', 'b']);
});
