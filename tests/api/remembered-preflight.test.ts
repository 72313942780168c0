import { expect, test } from 'vitest';
import { rememberedPreflight } from '../../functions/api/issues/remembered-preflight.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import type { Preflight } from '../../functions/issues/preflight/preflight.ts';
import type { Settings } from '../../functions/settings/settings.ts';

const settings = { locale: 'en' } as Settings;
const issue = (title: string) => ({ title }) as IssueContent;

function counted(fails: readonly string[] = []) {
  const checked: string[] = [];
  const check = rememberedPreflight(async ({ title }): Promise<Preflight> => {
    checked.push(title);
    if (fails.includes(title) && checked.filter((each) => each === title).length === 1) throw new Error('failed');
    return { errors: [], warnings: [], bytes: { html: 1, budget: 2 } };
  });
  return { check, checked };
}

test('the same text is checked once, a changed one again', async () => {
  const { check, checked } = counted();

  await check(issue('a'), settings);
  await check(issue('a'), settings);
  await check(issue('a, changed'), settings);

  expect(checked).toEqual(['a', 'a, changed']);
});

test('under other settings the same text is checked again', async () => {
  const { check, checked } = counted();

  await check(issue('a'), settings);
  await check(issue('a'), { ...settings, locale: 'zh-CN' });

  expect(checked).toEqual(['a', 'a']);
});

test('of more than twenty texts the one that was asked for least recently is forgotten', async () => {
  const { check, checked } = counted();
  for (let n = 0; n < 20; n += 1) await check(issue(`${n}`), settings);
  await check(issue('0'), settings);
  await check(issue('one more'), settings);
  const before = checked.length;

  await check(issue('0'), settings);
  await check(issue('1'), settings);

  expect(checked.slice(before)).toEqual(['1']);
});

test('a check that failed is tried again', async () => {
  const { check, checked } = counted(['a']);

  await expect(check(issue('a'), settings)).rejects.toThrow('failed');
  await check(issue('a'), settings);

  expect(checked).toEqual(['a', 'a']);
});
