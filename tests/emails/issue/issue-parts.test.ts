import { expect, test } from 'vitest';
import { closingOf, itemLabel } from '../../../emails/issue/issue-parts.ts';

test.each([
  [null, undefined, ''],
  [3, undefined, '3'],
  [3, '3、', '3'],
  [3, '3. ', '3'],
  [2, '（2）', '（2）'],
  [3, '第三，', '第三'],
  [2, '二、', '二'],
  [4, '④ ', '④'],
])('number %j, written %j, is shown as %j', (number, mark, shown) => {
  expect(itemLabel({ number, ...(mark !== undefined && { mark }) })).toBe(shown);
});

test('a closing has one rule above it, not two', () => {
  const rule = { kind: 'rule' as const, text: '', html: '<hr>' };
  const words = { kind: 'paragraph' as const, text: 'x', html: '<p>x</p>' };

  expect(closingOf({ closing: [rule, words, rule, words, rule] })).toEqual([words, rule, words]);
  expect(closingOf({ closing: [rule] })).toEqual([]);
});
