import { logger } from '../logger.ts';

/** What alarms count beside AWS's own metrics; `infra/alarms.ts` names the same. */
export const metrics = { namespace: 'Periodical', receiptDoesNotAddUp: 'ReceiptDoesNotAddUp' } as const;

/**
 * Counts one: a log line that CloudWatch turns into a metric by itself, without a call and a permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(name: Exclude<keyof typeof metrics, 'namespace'>) {
  const Metrics = [{ Name: metrics[name], Unit: 'Count' }];
  logger.info(metrics[name], {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: metrics.namespace, Dimensions: [[]], Metrics }] },
    [metrics[name]]: 1,
  });
}
