import { expect, test } from 'vitest';
import type { Desk } from '../../functions/desk/base/desk.ts';
import { digestName } from '../../functions/desk/digests/digest-title.ts';
import { deskWords } from '../../functions/words/languages.ts';

const desk = (locale: 'zh-CN' | 'en', timeZone: string) => ({ locale, words: deskWords[locale], config: { timeZone } }) as Desk;

test('a digest is called by the date on the newsletter’s clocks, not by the UTC date in its id', () => {
  expect(digestName(desk('zh-CN', 'Asia/Shanghai'), '2026-11-26T1700Z')).toBe('2026年11月27日的发送');
  expect(digestName(desk('en', 'America/Los_Angeles'), '2026-11-27T0100Z')).toBe('Digest of November 26, 2026');
});

test('an issue that was sent on its own is called so', () => {
  expect(digestName(desk('en', 'Asia/Shanghai'), 'issue-balcony')).toBe('A single issue');
});
