import { Duration } from 'aws-cdk-lib';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Settings } from '../functions/platform/settings.ts';
import type { Alarms } from './alarms.ts';
import type { Bundles } from './bundling/functions.ts';
import { QueueConsumer } from './constructs/queue-consumer.ts';
import { Schedule } from './constructs/schedule.ts';
import type { Site } from './site.ts';
import type { Table } from './table.ts';

type DigestsProps = {
  settings: Settings;
  bundles: Bundles;
  table: Table;
  site: Site;
  schedules: ScheduleGroup;
  alarms: Alarms;
};

/** The weekly schedule, and the run that freezes, renders and announces a digest. */
export class Digests extends Construct {
  readonly runs: QueueConsumer;

  constructor(scope: Construct, id: string, { settings, bundles, table, site, schedules, alarms }: DigestsProps) {
    super(scope, id);
    this.runs = new QueueConsumer(this, 'Runs', {
      name: 'run-digest',
      bundles,
      timeout: Duration.seconds(120),
      memory: 1769,
      variable: 'RUN_DIGEST_QUEUE_URL',
      maxConcurrency: settings.maxConcurrency,
      alarms,
      impact: 'a digest did not start, so no reader gets it',
    });
    table.giveTo(this.runs.worker);
    site.tellOrigin(this.runs.worker);
    alarms.whenWaiting(this.runs.queue, Duration.minutes(15), 'a digest is late, and so is every reader’s mail');
    new Schedule(this, 'Weekly', {
      name: 'weekly-digest',
      group: schedules,
      description: 'Starts the week’s digest. The run is known by the time it was scheduled for, never by the time it starts.',
      expression: weeklyCron(settings.schedule),
      timeZone: settings.timeZone,
      target: { arn: this.runs.queue.queueArn, action: 'sqs:SendMessage' },
      input: { kind: 'occurrence', scheduledTime: '<aws.scheduler.scheduled-time>' },
      // What never reached the queue lies beside what the run could not handle: one place to look when a digest is missing.
      deadLetters: this.runs.deadLetters,
      retry: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
    });
  }
}

const weeklyCron = ({ weekday, time }: Settings['schedule']) => {
  const [hour, minute] = time.split(':').map(Number);
  return `cron(${minute} ${hour} ? * ${weekday.slice(0, 3).toUpperCase()} *)`;
};
