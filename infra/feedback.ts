import { Duration } from 'aws-cdk-lib';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { mailNotSent } from '../functions/feedback/event-evidence.ts';
import type { Settings } from '../functions/platform/settings.ts';
import type { Alarms } from './alarms.ts';
import type { Bundles } from './bundling/functions.ts';
import { QueueConsumer } from './constructs/queue-consumer.ts';
import type { Sender } from './sender.ts';
import type { Table } from './table.ts';

type FeedbackProps = { settings: Settings; bundles: Bundles; table: Table; sender: Sender; alarms: Alarms };

/** What SES reports of each mail, on its way into the table. Not by EventBridge: SES calls that best effort. */
export class Feedback extends Construct {
  readonly events: QueueConsumer;

  constructor(scope: Construct, id: string, { settings, bundles, table, sender, alarms }: FeedbackProps) {
    super(scope, id);
    this.events = new QueueConsumer(this, 'SesEvents', {
      name: 'record-ses-events',
      bundles,
      timeout: Duration.seconds(60),
      memory: 1024,
      batchSize: 1000,
      gather: Duration.seconds(20),
      variable: 'SES_EVENTS_QUEUE_URL',
      maxConcurrency: settings.maxConcurrency,
      alarms,
      impact: 'receipts miss evidence, and readers who bounced or complained may be written to again',
    });
    table.giveTo(this.events.worker);
    alarms.whenLogged(this.events.worker, 'MailNotSent', {
      message: mailNotSent,
      impact: 'it took the mail for a virus or could not render it, so its readers do not have it and the next ones may not get theirs',
    });
    // What SNS cannot hand over is evidence too.
    sender.events.addSubscription(new SqsSubscription(this.events.queue, { deadLetterQueue: this.events.deadLetters }));
  }
}
