import { Duration } from 'aws-cdk-lib';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { WorkMessage } from '../../functions/work/work-message.ts';
import type { Bundles } from '../bundling/functions.ts';
import { QueueConsumer } from '../constructs/queue-consumer.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { Alarms } from './alarms.ts';
import type { Issues } from './issues.ts';
import type { Lists } from './lists.ts';
import type { NewsletterTable } from './newsletter-table.ts';
import { scheduleExpression } from './schedule-expression.ts';
import type { SecretKeys } from './secret-keys.ts';
import type { Site } from './site.ts';

type WorkProps = {
  settings: Settings;
  bundles: Bundles;
  table: NewsletterTable;
  keys: SecretKeys;
  issues: Issues;
  lists: Lists;
  site: Site;
  schedules: ScheduleGroup;
  alarms: Alarms;
};

const scheduledTime = '<aws.scheduler.scheduled-time>';

/**
 * Runs of digests, planning and background work (lists in and out, pictures, counts): one queue, and one function that mails
 * nobody. Planning and background work last five seconds a turn and put themselves back, so that a run waits for no more.
 */
export class Work extends Construct {
  readonly messages: QueueConsumer;

  constructor(scope: Construct, id: string, props: WorkProps) {
    super(scope, id);
    const { settings, table, keys, issues, lists, alarms } = props;
    this.messages = new QueueConsumer(this, 'Messages', {
      name: 'work',
      settings,
      bundles: props.bundles,
      // Rendering a long digest for all choices of topics is the longest single piece of work.
      timeout: Duration.seconds(120),
      // A whole processor, for rendering, a picture of 60 million pixels and the rows of a list. Planning and counting wait for the
      // table most of the time and would do with 512 MB: what they cost more is a fraction of a cent per million readers.
      memory: 1769,
      variable: 'WORK_QUEUE_URL',
      // The watch asks again for whatever is lost here; of a message that fails the alarm below tells after fifteen minutes.
      maxReceives: 20,
      alarms,
      impact: 'a digest was not made, or a part of its readers get none; or an editor waits in vain for a list, its pictures or a count',
    });
    const { worker, queue } = this.messages;
    table.giveTo(worker);
    table.giveOpenBatchesTo(worker);
    issues.giveImagesTo(worker);
    keys.giveIdentityKeyTo(worker);
    lists.giveTo(worker, 'imports', 's3:GetObject', 's3:PutObject');
    lists.giveTo(worker, 'exports', 's3:PutObject');
    lists.giveTo(worker, 'departures', 's3:PutObject');
    lists.showMissingTo(worker);
    props.site.tellOrigin(worker);
    // What there is no time for is left to a new message.
    this.messages.acceptFrom(worker);
    const impact = 'a digest is late, and so is every reader’s mail';
    alarms.whenWaiting(queue, { worker: worker.name, age: Duration.minutes(15), impact });
    this.#schedule(props);
  }

  #schedule({ settings: { schedule, timeZone }, schedules }: WorkProps) {
    this.#send(schedules, 'Weekly', {
      name: 'weekly-digest',
      description:
        'Starts the digest of the queued issues. The run is known by the time it was scheduled for, never by the time it starts.',
      expression: scheduleExpression(schedule),
      timeZone,
      message: { kind: 'slot', scheduledTime },
      retry: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
    });
    this.#send(schedules, 'WatchImports', {
      name: 'watch-imports',
      description: 'Wakes imports whose worker died, and asks some more of those who never confirmed.',
      expression: 'rate(5 minutes)',
      message: { kind: 'watch-imports' },
      // The next one does what this one could not.
      retry: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 1 },
    });
    this.#send(schedules, 'CountReaders', {
      name: 'count-readers',
      description: 'Counts the readers every night, so that every week is counted before it is closed.',
      expression: 'cron(40 4 * * ? *)',
      timeZone,
      message: { kind: 'count-readers', wantedAt: scheduledTime },
      retry: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
    });
    this.#send(schedules, 'CopyDepartures', {
      name: 'copy-departures',
      description: 'Copies every night, sealed and outside the table, who has gone: a table that is restored must not mail them.',
      expression: 'cron(10 5 * * ? *)',
      timeZone,
      message: { kind: 'copy-departures', wantedAt: scheduledTime },
      retry: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
    });
  }

  /** What never reached the queue lies among its dead letters: one place to look when a digest is missing. */
  #send(group: ScheduleGroup, id: string, { message, ...schedule }: Sending) {
    const { queue, deadLetters } = this.messages;
    const target = { arn: queue.queueArn, action: 'sqs:SendMessage' as const };
    new Schedule(this, id, { ...schedule, group, target, input: message, deadLetters });
  }
}

type Sending = Omit<ConstructorParameters<typeof Schedule>[2], 'group' | 'target' | 'input' | 'deadLetters'> & { message: WorkMessage };
