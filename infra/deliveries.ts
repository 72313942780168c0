import { Duration, Validations } from 'aws-cdk-lib';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Settings } from '../functions/platform/settings.ts';
import type { Alarms } from './alarms.ts';
import type { Bundles } from './bundling/functions.ts';
import { NewsletterFunction } from './constructs/newsletter-function.ts';
import { deadLettersOf, QueueConsumer } from './constructs/queue-consumer.ts';
import { Schedule } from './constructs/schedule.ts';
import type { Keys } from './keys.ts';
import type { Sender } from './sender.ts';
import type { Site } from './site.ts';
import type { Table } from './table.ts';

type DeliveriesProps = {
  settings: Settings;
  bundles: Bundles;
  table: Table;
  keys: Keys;
  site: Site;
  sender: Sender;
  schedules: ScheduleGroup;
  alarms: Alarms;
};

/** A digest's way to its readers: fan-out into orders, delivery of each order, and the watch over digests that are open. */
export class Deliveries extends Construct {
  readonly fanOut: QueueConsumer;
  readonly orders: QueueConsumer;
  readonly watch: NewsletterFunction;

  constructor(scope: Construct, id: string, props: DeliveriesProps) {
    super(scope, id);
    const { settings, table, site, bundles, alarms } = props;
    const common = { bundles, alarms, maxConcurrency: settings.maxConcurrency };
    this.fanOut = new QueueConsumer(this, 'FanOut', {
      ...common,
      name: 'fan-out',
      timeout: Duration.seconds(120),
      variable: 'FAN_OUT_QUEUE_URL',
      impact: 'a sixteenth of the readers gets no digest',
    });
    this.orders = new QueueConsumer(this, 'Orders', {
      ...common,
      name: 'deliver-orders',
      // The ledger's lease is this time-out and a minute more: functions/deliveries leans on the 120 seconds.
      timeout: Duration.seconds(120),
      // Half a processor, of which a mail takes a millisecond: enough for 250 a second, and half of what a digest costs.
      memory: 832,
      batchSize: 10,
      variable: 'DELIVER_ORDERS_QUEUE_URL',
      impact: 'up to 50 readers a message get no digest until watch-digests wakes their order again',
    });
    // Mails of a hundred kilobytes come and go by the thousand. glibc's malloc gives such a one back to the system at once, and
    // leaves no holes, as long as it does not learn from the first freed ones to keep them (mallopt(3), M_MMAP_THRESHOLD).
    this.orders.worker.tell('MALLOC_MMAP_THRESHOLD_', '65536');
    this.watch = new NewsletterFunction(this, 'Watch', { name: 'watch-digests', bundles, timeout: Duration.seconds(55) });
    for (const worker of [this.fanOut.worker, this.orders.worker, this.watch]) table.giveTo(worker);
    for (const worker of [this.orders.worker, this.watch]) site.tellOrigin(worker);
    props.keys.giveTokenKeysTo(this.orders.worker);
    props.sender.letSend(this.orders.worker, settings.sender.address);
    // The watch resumes what a spent quota parked.
    for (const worker of [this.orders.worker, this.watch]) props.sender.letReadQuota(worker);
    // Whoever settles or plans the last order asks whether another one is open, and ends the digest.
    for (const worker of [this.fanOut.worker, this.orders.worker, this.watch]) table.giveOpenOrdersTo(worker);
    // The watch proves by a probe of its own that SES's events come through, and tells the editors of digests.
    props.sender.letSend(this.watch, settings.sender.address);
    // A fan-out that runs out of time, and a worker that puts an order back, wake themselves by a new message.
    for (const sender of [this.fanOut.worker, this.watch]) this.fanOut.acceptFrom(sender);
    for (const sender of [this.fanOut.worker, this.orders.worker, this.watch]) this.orders.acceptFrom(sender);
    // The watch wakes planned orders only when no wake-up is waiting already.
    this.watch.allow(['sqs:GetQueueAttributes'], this.orders.queue.queueArn);
    alarms.whenFailing(this.orders.worker, { errors: 3, impact: 'readers wait for their digest, and some positions may stay unknown' });
    this.#watchEveryMinute(props.schedules, alarms);
  }

  #watchEveryMinute(schedules: ScheduleGroup, alarms: Alarms) {
    const impact = 'digests that were interrupted stand still, and issues scheduled for a moment do not go out';
    const missedMinutes = deadLettersOf(this, alarms, impact);
    Validations.of(missedMinutes).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is itself the dead-letter queue of the schedule watch-digests; the rule only knows those of other queues.',
    });
    new Schedule(this, 'EveryMinute', {
      name: 'watch-digests',
      group: schedules,
      description: 'Settles, wakes and finishes open digests.',
      expression: 'rate(1 minute)',
      target: { arn: this.watch.lambda.functionArn, action: 'lambda:InvokeFunction' },
      input: { scheduledTime: '<aws.scheduler.scheduled-time>' },
      deadLetters: missedMinutes,
      // The next minute does what this one could not.
      retry: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 },
    });
    this.watch.lambda.configureAsyncInvoke({ maxEventAge: Duration.seconds(60), retryAttempts: 0 });
    alarms.whenFailing(this.watch, { errors: 3, impact });
  }
}
