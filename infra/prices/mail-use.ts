import type { Priced } from '../../functions/deliveries/report/list-prices.ts';

/**
 * What a million mails of a digest use beside SES, from planning to the last event about them, at 14 mails a second, the rate of a new
 * account; a higher rate uses less. Counted by `npm run bench -- bill`: the sums of `docs/performance.md`, "The bill".
 */
export const millionMails: Partial<Record<Priced, number>> = {
  readUnit: 3_023_346,
  writeUnit: 861_947,
  queueRequest: 2_456_465,
  topicPublish: 2_000_000,
  invocation: 20_841,
  gigabyteSecond: 118_276,
};
