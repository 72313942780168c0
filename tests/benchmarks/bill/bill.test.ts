import { expect, test } from 'vitest';
import { billOf } from './bill-benchmark.ts';
import { digestDay } from './digest-day.ts';

test('a digest at 50/s costs at most $1.00 a million readers to send, and $2.25 to hear of, beside SES’s own price', async () => {
  const { perMillion } = billOf(await digestDay(50, 3_000));

  expect(perMillion.sending).toBeLessThanOrEqual(1);
  expect(perMillion.feedback).toBeLessThanOrEqual(2.25);
});
