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
import { metrics } from '../../functions/platform/metering/metric.ts';
import type { NewsletterFunction } from '../constructs/newsletter-function.ts';

type AlarmProps = {
  /** Also the heading of the alarm's section in `docs/runbook.md`. */
  name: string;
  metric: IMetric;
  threshold: number;
  description: string;
  periods?: number;
  /** For what must happen: the alarm goes off while there is less than the threshold, or no number at all. */
  whenBelow?: boolean;
};

/**
 * Tells the editors' contact by mail when something needs a person, and when it is over. Each alarm says what happened and whom it hurts, and
 * leads to its section in the runbook. Its name in CloudWatch is the stack's name and that of the section;
 * `tests/infra/alarms.test.ts` compares alarms and sections.
 */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { contact }: { contact: string }) {
    super(scope, id);
    // No key: CloudWatch cannot publish to a topic with the AWS-managed key, and alarms name no reader.
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
    this.watchReputation();
    this.#watchThrottles();
    this.#watchCounts();
  }

  /** `worker`: the function that could not handle what lies there. */
  whenDeadLetters(queue: Queue, { worker, impact }: { worker: string; impact: string }) {
    this.#alarm(queue, 'NotEmpty', {
      name: `${worker}-dead-letters`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      description: `Messages could not be handled and lie among the dead letters: ${impact}.`,
    });
  }

  /** `worker`: the function that should have taken them. */
  whenWaiting(queue: Queue, { worker, age, impact }: { worker: string; age: Duration; impact: string }) {
    this.#alarm(queue, 'Waiting', {
      name: `${worker}-waiting`,
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: age.toSeconds(),
      periods: 3,
      description: `Messages wait longer than ${age.toMinutes()} minutes: ${impact}.`,
    });
  }

  /** For a function that is called every minute: ten minutes without a call. */
  whenStopped(worker: NewsletterFunction, impact: string) {
    this.#alarm(worker, 'Stopped', {
      name: `${worker.name}-stopped`,
      metric: worker.lambda.metricInvocations({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      periods: 2,
      whenBelow: true,
      description: `${worker.name} has not run for ten minutes: ${impact}.`,
    });
  }

  /** Both HTTP functions answer their own faults with 500, which Lambda does not count as errors. */
  whenAnsweringErrors(api: HttpApi, impact: string) {
    this.#alarm(api, 'Errors', {
      name: 'http-errors',
      metric: api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      description: `Five requests within five minutes were answered with status 500 or above: ${impact}.`,
    });
  }

  whenFailing(worker: NewsletterFunction, { errors, impact }: { errors: number; impact: string }) {
    this.#alarm(worker, 'Failing', {
      name: `${worker.name}-failing`,
      metric: worker.lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: errors,
      description: `${worker.name} failed ${errors} times within five minutes: ${impact}.`,
    });
  }

  /** What a function writes into its log under this message has no metric of its own: each such line counts. */
  whenLogged(worker: NewsletterFunction, id: string, { name, message, impact }: { name: string; message: string; impact: string }) {
    const filter = new MetricFilter(worker, id, {
      logGroup: worker.logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', message),
      metricNamespace: Stack.of(this).stackName,
      metricName: id,
    });
    this.#alarm(filter, 'Alarm', {
      name,
      metric: filter.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      description: `${message}: ${impact}.`,
    });
  }

  /**
   * SES puts an account under review at 5 % bounces or 0.1 % complaints; we want to know before. Without `configurationSet` the rates
   * are those of the whole account, other senders in it included.
   */
  watchReputation(configurationSet?: string) {
    const scope = new Construct(this, configurationSet ? 'OwnReputation' : 'Reputation');
    const [prefix, whose] = configurationSet ? ['own', 'of this newsletter'] : ['ses', 'of this account'];
    const reputation = (metricName: string) =>
      new Metric({
        namespace: 'AWS/SES',
        metricName,
        period: Duration.hours(1),
        statistic: 'Maximum',
        ...(configurationSet && { dimensionsMap: { 'ses:configuration-set': configurationSet } }),
      });
    this.#alarm(scope, 'Bounces', {
      name: `${prefix}-bounce-rate`,
      metric: reputation('Reputation.BounceRate'),
      threshold: 0.04,
      description: `More than 4 % of the mail ${whose} bounces; at 5 % SES reviews the account, and then no reader gets any mail.`,
    });
    this.#alarm(scope, 'Complaints', {
      name: `${prefix}-complaint-rate`,
      metric: reputation('Reputation.ComplaintRate'),
      threshold: 0.0008,
      description: `More than 0.08 % of the readers ${whose} complain; at 0.1 % SES reviews the account, and then no reader gets any mail.`,
    });
  }

  /** Of the account and its region: what runs out is theirs. Queues and schedules call again, so a short burst does no harm. */
  #watchThrottles() {
    this.#alarm(this, 'Throttled', {
      name: 'functions-throttled',
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 10,
      periods: 3,
      description:
        'For fifteen minutes Lambda has refused calls because the account runs as many functions as it may at once: readers and editors get error pages, and mail is late.',
    });
  }

  /** Functions count these in their logs (`functions/platform/metering/metric.ts`). */
  #watchCounts() {
    const counted = (metricName: string) =>
      new Metric({ namespace: Stack.of(this).stackName, metricName, period: Duration.minutes(5), statistic: 'Sum' });
    this.#alarm(this, 'Reports', {
      name: 'report-does-not-add-up',
      metric: counted(metrics.reportDoesNotAddUp),
      threshold: 1,
      description: 'The numbers of a digest do not add up: readers may have been lost or mailed twice without anybody knowing.',
    });
    this.#alarm(this, 'Sums', {
      name: 'sums-differ',
      metric: counted(metrics.sumsDiffer),
      threshold: 1,
      description: 'The sums of a digest differed from its ledger: a report, and the brake, had numbers that were too old.',
    });
    this.#alarm(this, 'SlotMissed', {
      name: 'slot-missed',
      metric: counted(metrics.slotMissed),
      threshold: 1,
      description: 'A slot of the schedule passed and nothing ran: its digest is late, or was not sent at all.',
    });
    this.#alarm(this, 'MailsWait', {
      name: 'ses-unreachable',
      metric: counted(metrics.mailsWait),
      threshold: 1,
      description: 'SES has taken no mail for ten minutes, or has a fault to be mended: digests and people who signed up wait.',
    });
    this.#alarm(this, 'SignUpsWait', {
      name: 'sign-ups-wait',
      metric: counted(metrics.signUpsWait),
      threshold: 1,
      description: 'So many people sign up that they wait longer than ten minutes for their confirmation mail: a launch, or bots.',
    });
  }

  #alarm(scope: Construct, id: string, { name, metric, threshold, description, periods = 1, whenBelow = false }: AlarmProps) {
    const alarm = new Alarm(scope, id, {
      alarmName: `${Stack.of(this).stackName}-${name}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: whenBelow ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: whenBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${description} What to do: docs/runbook.md#${name}`,
    });
    const mail = new SnsAction(this.#topic);
    alarm.addAlarmAction(mail);
    alarm.addOkAction(mail);
    this.all.push(alarm);
  }
}
