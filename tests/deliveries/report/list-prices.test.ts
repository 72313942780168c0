import { expect, test } from 'vitest';
import { dollarsFor } from '../../../functions/deliveries/report/list-prices.ts';

test('what a digest used is priced line by line and summed', () => {
  expect(dollarsFor({ mail: 1_000 })).toBeCloseTo(0.1);
  expect(dollarsFor({ topicPublish: 2e6, queueRequest: 1e6 })).toBeCloseTo(1.4);
});
