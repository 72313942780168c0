import { expect, test } from 'vitest';
import { RejectionBrake } from '../../../functions/deliveries/brake/rejection-brake.ts';
import type { SubmitOutcome } from '../../../functions/mail/mailer.ts';

const submitted: SubmitOutcome = { kind: 'submitted', messageId: 'm' };
const rejected: SubmitOutcome = { kind: 'rejected', reason: 'Domain contains control or whitespace.' };
const times = (count: number, outcome: SubmitOutcome) => Array.from({ length: count }, () => outcome);
/** One rejection in so many. */
const mixed = (count: number, every: number) => Array.from({ length: count }, (_, n) => (n % every === 0 ? rejected : submitted));

test('ten rejections in a row hold the digest, nine do not', () => {
  expect(new RejectionBrake().trips('d', [...times(200, submitted), ...times(9, rejected), submitted])).toBeUndefined();
  expect(new RejectionBrake().trips('d', [...times(200, submitted), ...times(10, rejected)])).toEqual({
    kind: 'rejected',
    count: 10,
    of: 10,
  });
});

test('a row goes on from one chunk to the next, past what never got an answer', () => {
  const brake = new RejectionBrake();

  const first = brake.trips('d', times(6, rejected));
  const second = brake.trips('d', [undefined, { kind: 'unknown', reason: 'reset' }, ...times(4, rejected)]);

  expect([first, second?.count]).toEqual([undefined, 10]);
});

test('twenty of the first hundred hold the digest, nineteen do not, and later ones only in a row', () => {
  expect(new RejectionBrake().trips('d', mixed(100, 5))).toMatchObject({ count: 20 });
  expect(new RejectionBrake().trips('d', [...mixed(95, 5), ...times(5, submitted)])).toBeUndefined();
  expect(new RejectionBrake().trips('d', [...mixed(95, 5), ...times(5, submitted), ...mixed(300, 5)])).toBeUndefined();
});

test('after a trip counting starts again, and each digest has a count of its own', () => {
  const brake = new RejectionBrake();
  brake.trips('d', times(10, rejected));

  expect(brake.trips('d', times(9, rejected))).toBeUndefined();
  expect(brake.trips('other', times(9, rejected))).toBeUndefined();
});
