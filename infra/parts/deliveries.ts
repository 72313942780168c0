import { Duration, Validations } from 'aws-cdk-lib';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { Bundles } from '../bundling/functions.ts';
import { NewsletterFunction } from '../constructs/newsletter-function.ts';
import { deadLettersOf, QueueConsumer } from '../constructs/queue-consumer.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { Alarms } from './alarms.ts';
import type { NewsletterTable } from './newsletter-table.ts';
import type { SecretKeys } from './secret-keys.ts';
import type { Sender } from './sender.ts';
import type { Site } from './site.ts';

type DeliveriesProps = {
  settings: Settings;
  bundles: Bundles;
  table: NewsletterTable;
  keys: SecretKeys;
  site: Site;
  sender: Sender;
  schedules: ScheduleGroup;
  alarms: Alarms;
};

/** Delivers the batches of digests, and watches digests that are open. */
export class Deliveries extends Construct {
  readonly batches: QueueConsumer;
  readonly watch: NewsletterFunction;
  /** Where a minute's look lands that the scheduler could not hand to `watch`. */
  readonly missedMinutes: Queue;

  constructor(scope: Construct, id: string, props: DeliveriesProps) {
    super(scope, id);
    const { settings, table, site, bundles, alarms } = props;
    this.batches = new QueueConsumer(this, 'Batches', {
      name: 'deliver-batches',
      settings,
      bundles,
      alarms,
      // The lease in `functions/deliveries/deliver.ts` is this time-out and one minute more. Change both together.
      timeout: Duration.seconds(120),
      // Half a processor. A mail needs a millisecond of it, so it is enough for 250 a second. It is half of the cost of a digest.
      memory: 832,
      batchSize: 10,
      variable: 'DELIVER_BATCHES_QUEUE_URL',
      impact: 'up to 50 readers a message get no digest until watch-digests wakes their batch again',
    });
    // Thousands of mails of a hundred kilobytes are allocated and freed. glibc's malloc returns such blocks to the system at once,
    // without fragmentation, but only if it does not raise its threshold after the first ones (mallopt(3), M_MMAP_THRESHOLD).
    this.batches.worker.tell('MALLOC_MMAP_THRESHOLD_', '65536');
    this.watch = new NewsletterFunction(this, 'Watch', { name: 'watch-digests', settings, bundles, timeout: Duration.seconds(55) });
    for (const worker of [this.batches.worker, this.watch]) table.giveTo(worker);
    for (const worker of [this.batches.worker, this.watch]) site.tellOrigin(worker);
    props.keys.giveTokenKeysTo(this.batches.worker);
    props.sender.letSend(this.batches.worker, settings.sender.address);
    // The watch resumes digests that wait for quota.
    for (const worker of [this.batches.worker, this.watch]) props.sender.letReadQuota(worker);
    // The worker that settles the last batch asks whether another one is open, and ends the digest.
    for (const worker of [this.batches.worker, this.watch]) table.giveOpenBatchesTo(worker);
    // The watch sends probes, which prove that SES's events arrive, and notices to editors.
    props.sender.letSend(this.watch, settings.sender.address);
    // A worker that has no time left for a batch puts it back.
    for (const sender of [this.batches.worker, this.watch]) this.batches.acceptFrom(sender);
    // How many wake-ups wait tells the watch which were lost.
    this.watch.allow(['sqs:GetQueueAttributes'], this.batches.queue.queueArn);
    alarms.whenFailing(this.batches.worker, { errors: 3, impact: 'readers wait for their digest, and some positions may stay unknown' });
    this.missedMinutes = this.#watchEveryMinute(props.schedules, alarms);
  }

  #watchEveryMinute(schedules: ScheduleGroup, alarms: Alarms): Queue {
    const impact = 'readers of an interrupted digest wait, and issues scheduled for a moment do not go out';
    const missedMinutes = deadLettersOf(this, alarms, { worker: this.watch.name, impact });
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
      // The next run, a minute later, does the work that this one could not.
      retry: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 },
    });
    this.watch.lambda.configureAsyncInvoke({ maxEventAge: Duration.seconds(60), retryAttempts: 0 });
    alarms.whenFailing(this.watch, { errors: 3, impact });
    alarms.whenStopped(this.watch, impact);
    return missedMinutes;
  }
}
