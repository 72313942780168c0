import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { metrics } from '../functions/platform/metering/metric.ts';
import type { NewsletterFunction } from './constructs/newsletter-function.ts';

type AlarmProps = { metric: IMetric; threshold: number; description: string; periods?: number };

/**
 * Tells the editors' contact by mail when something needs a person. Each alarm says what happened and whom it hurts;
 * the runbook has a section for each.
 */
export class Alarms extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { contact }: { contact: string }) {
    super(scope, id);
    // No key: a topic with the AWS-managed key would swallow CloudWatch's messages, and alarms name no reader.
    this.#topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.#topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.#topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.#topic.addSubscription(new EmailSubscription(contact));
    this.#watchReputation();
    this.#watchReceipts();
  }

  whenDeadLetters(queue: Queue, impact: string) {
    this.#alarm(queue, 'NotEmpty', {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      description: `Messages could not be handled and lie among the dead letters: ${impact}.`,
    });
  }

  whenWaiting(queue: Queue, age: Duration, impact: string) {
    this.#alarm(queue, 'Waiting', {
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: age.toSeconds(),
      periods: 3,
      description: `Messages wait longer than ${age.toMinutes()} minutes: ${impact}.`,
    });
  }

  /** Our faces answer their own faults with 500, which Lambda does not count as errors. */
  whenAnsweringErrors(api: HttpApi, impact: string) {
    this.#alarm(api, 'Errors', {
      metric: api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      description: `Five requests within five minutes were answered with an error of ours: ${impact}.`,
    });
  }

  whenFailing(worker: NewsletterFunction, { errors, impact }: { errors: number; impact: string }) {
    this.#alarm(worker, 'Failing', {
      metric: worker.lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: errors,
      description: `${worker.name} failed ${errors} times within five minutes: ${impact}.`,
    });
  }

  /** What a function writes into its log under this message has no metric of its own: each such line counts. */
  whenLogged(worker: NewsletterFunction, id: string, { message, impact }: { message: string; impact: string }) {
    const filter = new MetricFilter(worker, id, {
      logGroup: worker.logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', message),
      metricNamespace: 'Periodical',
      metricName: id,
    });
    this.#alarm(filter, 'Alarm', {
      metric: filter.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      description: `${message}: ${impact}.`,
    });
  }

  /** SES puts an account under review at 5 % bounces or 0.1 % complaints; we want to know before. */
  #watchReputation() {
    const reputation = (metricName: string) =>
      new Metric({ namespace: 'AWS/SES', metricName, period: Duration.hours(1), statistic: 'Maximum' });
    this.#alarm(this, 'Bounces', {
      metric: reputation('Reputation.BounceRate'),
      threshold: 0.04,
      description: 'More than 4 % of the mail bounces; at 5 % SES reviews the account, and then no reader gets any mail.',
    });
    this.#alarm(this, 'Complaints', {
      metric: reputation('Reputation.ComplaintRate'),
      threshold: 0.0008,
      description: 'More than 0.08 % of the readers complain; at 0.1 % SES reviews the account, and then no reader gets any mail.',
    });
  }

  /** Workers count it in their logs (`functions/platform/metering/metric.ts`). */
  #watchReceipts() {
    const metricName = metrics.receiptDoesNotAddUp;
    this.#alarm(this, 'Receipts', {
      metric: new Metric({ namespace: metrics.namespace, metricName, period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      description: 'The numbers of a digest do not add up: readers may have been lost or mailed twice without anybody knowing.',
    });
  }

  #alarm(scope: Construct, id: string, { metric, threshold, description, periods = 1 }: AlarmProps) {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: description,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}
