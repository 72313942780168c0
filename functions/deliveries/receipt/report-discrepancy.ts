import type { Receipt } from '../../digests/receipt.ts';
import { logger } from '../../platform/logger.ts';
import { count } from '../../platform/metering/metric.ts';

/** Numbers that do not add up are a fault of ours, or somebody changed the table by hand: a person has to look. */
export function reportDiscrepancy(digest: string, { discrepancy }: Receipt) {
  logger.error('The numbers of a digest do not add up', { digest, discrepancy });
  count('receiptDoesNotAddUp');
}
