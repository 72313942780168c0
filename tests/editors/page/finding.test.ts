import { expect, test } from 'vitest';
import { findingsOf, kindText, particulars, placeOf } from '../../../functions/editors/page/issues/finding.ts';
import { findingWords } from '../../../functions/editors/page/words/findings.ts';

test('both languages have words for the same findings', () => {
  expect(Object.keys(findingWords['zh-CN'])).toEqual(Object.keys(findingWords.en));
});

test('a finding is told in the editor’s language, with what is particular to it', () => {
  const finding = { code: 'number_gap', message: 'item 5 follows item 3; the numbers are kept as written', line: 9 };

  expect(kindText(finding, 'zh-CN')).toBe('编号不连续，按原样保留。');
  expect(particulars(finding, 'zh-CN')).toBe('3 之后是 5');
  expect(particulars(finding, 'en')).toBe('3, then 5');
});

test('a message may quote an address with a dollar sign in it', () => {
  const finding = { code: 'missing_alt', message: 'the picture https://a.example/$1.png has no words for who cannot see it' };

  expect(particulars(finding, 'en')).toBe('https://a.example/$1.png');
});

test('a code the page does not know speaks for itself', () => {
  expect(kindText({ code: 'brand_new', message: 'something else' }, 'zh-CN')).toBe('something else');
});

test('errors come first, and what reading and preflight both found comes once', () => {
  const warning = { code: 'no_date', message: 'no date' };
  const error = { code: 'no_text', message: 'no text' };
  const bytes = { html: 1, budget: 2 };

  const found = findingsOf({ warnings: [warning], preflight: { errors: [error], warnings: [warning], bytes } });

  expect(found.map(({ code, severity }) => [code, severity])).toEqual([
    ['no_text', 'error'],
    ['no_date', 'warning'],
  ]);
});

test('a path leads to its item, its section or its part, also from a block inside', () => {
  expect(
    ['sections.2.items.0.1', 'sections.1', 'sections.1.4', 'intro.3', 'title', 'somewhere'].map((path) =>
      placeOf({ code: '', message: '', path }),
    ),
  ).toEqual([{ section: 2, item: 0 }, { section: 1 }, { section: 1 }, { part: 'intro' }, { part: 'title' }, undefined]);
});
