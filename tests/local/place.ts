import type { Place } from '../../infra/local/resource-types.ts';

/** Where a test's template pretends to be. */
export const place: Place = {
  region: 'us-east-1',
  accountId: '000000000000',
  distributionDomain: 'localhost:3000',
  queuesOrigin: 'http://127.0.0.1:4566',
};
