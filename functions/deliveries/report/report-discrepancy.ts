import type { DeliveryReport } from '../../digests/delivery-report.ts';
import { logger } from '../../platform/logger.ts';
import { count } from '../../platform/metering/metric.ts';

/** Numbers that do not add up mean a bug, or a table that was changed by hand: a person has to look. */
export function reportDiscrepancy(digest: string, { discrepancy }: DeliveryReport) {
  logger.error('The numbers of a digest do not add up', { digest, discrepancy });
  count('reportDoesNotAddUp');
}
