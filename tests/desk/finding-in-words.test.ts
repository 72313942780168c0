import { expect, test } from 'vitest';
import { type FindingAnswer, findingAnswer } from '../../functions/api/issues/finding-answer.ts';
import { findingsOf, kindText, particulars, placeOf } from '../../functions/desk/issues/finding-in-words.ts';
import { deskWords } from '../../functions/words/languages.ts';

const [english, chinese] = [{ words: deskWords.en }, { words: deskWords['zh-CN'] }];

test('a finding is told in the editor’s language, with what is particular to it', () => {
  const finding = findingAnswer({ code: 'number_gap', values: { number: 5, before: 3 }, line: 9 });

  expect(kindText(chinese, finding)).toBe('编号不连续，按原样保留。');
  expect(particulars(chinese, finding)).toBe('3 之后是 5');
  expect(particulars(english, finding)).toBe('3, then 5');
});

test('programs read the same in English', () => {
  const finding = findingAnswer({ code: 'missing_alt', values: { address: 'https://a.example/$1.png' } });

  expect(finding.message).toBe('the picture https://a.example/$1.png has no description for people who cannot see it');
});

test('a code the page does not know speaks for itself, in the API’s English', () => {
  const newer = { code: 'brand_new', values: {}, message: 'something else' } as unknown as FindingAnswer;

  expect([kindText(chinese, newer), particulars(chinese, newer)]).toEqual(['something else', '']);
});

test('errors come first, and what reading and preflight both found comes once', () => {
  const warning = findingAnswer({ code: 'no_date', values: {} });
  const error = findingAnswer({ code: 'no_text', values: {} });
  const bytes = { html: 1, budget: 2 };

  const found = findingsOf({ warnings: [warning], preflight: { errors: [error], warnings: [warning], bytes } });

  expect(found.map(({ code, severity }) => [code, severity])).toEqual([
    ['no_text', 'error'],
    ['no_date', 'warning'],
  ]);
});

test('a path leads to its item, its section or its part, also from a block inside', () => {
  expect(['sections.2.items.0.1', 'sections.1', 'sections.1.4', 'intro.3', 'title', 'somewhere'].map((path) => placeOf({ path }))).toEqual([
    { section: 2, item: 0 },
    { section: 1 },
    { section: 1 },
    { part: 'intro' },
    { part: 'title' },
    undefined,
  ]);
});
