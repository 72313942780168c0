import { expect, test } from 'vitest';
import { remarkStatus } from '../../../functions/imports/reading/words/read-status.ts';

test.each([
  ['hat sich am 3.4. telefonisch abgemeldet', 'unsubscribed'],
  ['said in May: no more emails please', 'unsubscribed'],
  ['asked us to please don’t mail her, do not email', 'unsubscribed'],
  ['s’est désabonnée en mars', 'unsubscribed'],
  ['三月来信说不再接收', 'unsubscribed'],
  ['last two mails bounced', 'bounced'],
  ['unsubscribed', 'unsubscribed'],
] as const)('a remark that says somebody wants or gets no mail takes them off: %s', (remark, status) => {
  expect(remarkStatus(remark)).toBe(status);
});

test.each([
  'cancelled his order of the printed map',
  'never unsubscribed, asked twice',
  'met at the harbour festival',
  'her landlord blocked the door',
  '',
])('a remark about something else takes nobody off: %s', (remark) => {
  expect(remarkStatus(remark)).toBeUndefined();
});
