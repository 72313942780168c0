import { Duration } from 'aws-cdk-lib';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/platform/settings.ts';
import type { Alarms } from '../alarms.ts';
import type { Bundles } from '../bundling/functions.ts';
import { QueueConsumer } from '../constructs/queue-consumer.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { Keys } from '../keys.ts';
import type { Table } from '../table.ts';
import type { Lists } from './lists.ts';

type ImportsProps = {
  settings: Settings;
  bundles: Bundles;
  table: Table;
  keys: Keys;
  lists: Lists;
  schedules: ScheduleGroup;
  alarms: Alarms;
};

/** Looks at lists that editors bring, and takes them in, stretch by stretch. */
export class Imports extends Construct {
  readonly requests: QueueConsumer;

  constructor(scope: Construct, id: string, { settings, bundles, table, keys, lists, schedules, alarms }: ImportsProps) {
    super(scope, id);
    this.requests = new QueueConsumer(this, 'Requests', {
      name: 'import-readers',
      bundles,
      timeout: Duration.minutes(5),
      // Two million rows are known by their places in about 70 MB; the rest is for a whole processor.
      memory: 1769,
      variable: 'IMPORT_QUEUE_URL',
      maxConcurrency: settings.maxConcurrency,
      alarms,
      impact: 'a list that an editor has brought is not looked at, or stands still half taken in, and its readers get no digest',
    });
    const { worker, queue, deadLetters } = this.requests;
    table.giveTo(worker);
    keys.giveIdentityKeyTo(worker);
    lists.giveTo(worker, 'imports', 's3:GetObject', 's3:PutObject');
    lists.showMissingTo(worker);
    // What there is no time for is gone on with by a new message.
    this.requests.acceptFrom(worker);
    new Schedule(this, 'EveryFiveMinutes', {
      name: 'watch-imports',
      group: schedules,
      description: 'Wakes imports that stand still because their worker died.',
      expression: 'rate(5 minutes)',
      target: { arn: queue.queueArn, action: 'sqs:SendMessage' },
      input: { watch: true },
      deadLetters,
      // The next one does what this one could not.
      retry: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 1 },
    });
  }
}
