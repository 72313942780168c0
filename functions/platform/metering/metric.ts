import { metricsNamespace } from '../environment.ts';
import { logger } from '../logger.ts';

/** What alarms count beside AWS's own metrics; `infra/parts/alarms.ts` names the same. */
export const metrics = {
  reportDoesNotAddUp: 'ReportDoesNotAddUp',
  sumsDiffer: 'SumsDiffer',
  mailsWait: 'MailsWait',
  slotMissed: 'SlotMissed',
  signUpsWait: 'SignUpsWait',
} as const;

/**
 * Counts one: a log line that CloudWatch turns into a metric by itself, without a call and a permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(name: keyof typeof metrics) {
  const Metrics = [{ Name: metrics[name], Unit: 'Count' }];
  logger.info(metrics[name], {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: metricsNamespace(), Dimensions: [[]], Metrics }] },
    [metrics[name]]: 1,
  });
}
