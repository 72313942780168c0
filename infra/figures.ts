import { Duration } from 'aws-cdk-lib';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Settings } from '../functions/platform/settings.ts';
import type { Alarms } from './alarms.ts';
import type { Bundles } from './bundling/functions.ts';
import { QueueConsumer } from './constructs/queue-consumer.ts';
import { Schedule } from './constructs/schedule.ts';
import type { Table } from './table.ts';

type FiguresProps = { settings: Settings; bundles: Bundles; table: Table; schedules: ScheduleGroup; alarms: Alarms };

/** Counts the readers, and who came and went week by week: every night, and when an editor looks. */
export class Figures extends Construct {
  readonly countings: QueueConsumer;

  constructor(scope: Construct, id: string, { settings, bundles, table, schedules, alarms }: FiguresProps) {
    super(scope, id);
    this.countings = new QueueConsumer(this, 'Countings', {
      name: 'count-figures',
      bundles,
      timeout: Duration.minutes(5),
      memory: 1024,
      variable: 'COUNT_FIGURES_QUEUE_URL',
      maxConcurrency: settings.maxConcurrency,
      alarms,
      impact: 'editors see how many readers there were days ago',
    });
    const { worker, queue, deadLetters } = this.countings;
    table.giveTo(worker);
    // What there is no time for is gone on with by a new message.
    this.countings.acceptFrom(worker);
    new Schedule(this, 'EveryNight', {
      name: 'count-figures',
      group: schedules,
      description: 'Counts the readers while nobody looks, so that every week is counted before it is closed.',
      expression: 'cron(40 4 * * ? *)',
      timeZone: settings.timeZone,
      target: { arn: queue.queueArn, action: 'sqs:SendMessage' },
      input: { wantedAt: '<aws.scheduler.scheduled-time>' },
      deadLetters,
      retry: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
    });
  }
}
