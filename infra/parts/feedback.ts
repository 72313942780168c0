import { Duration } from 'aws-cdk-lib';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { mailNotSent } from '../../functions/feedback/event-evidence.ts';
import type { Settings } from '../../functions/settings/settings.ts';
import type { Bundles } from '../bundling/functions.ts';
import { QueueConsumer } from '../constructs/queue-consumer.ts';
import type { Alarms } from './alarms.ts';
import type { NewsletterTable } from './newsletter-table.ts';
import type { SecretKeys } from './secret-keys.ts';
import type { Sender } from './sender.ts';

type FeedbackProps = { settings: Settings; bundles: Bundles; table: NewsletterTable; keys: SecretKeys; sender: Sender; alarms: Alarms };

/** Brings SES's events about each mail into the table. Not through EventBridge, because SES calls that best effort. */
export class Feedback extends Construct {
  readonly events: QueueConsumer;

  constructor(scope: Construct, id: string, { settings, bundles, table, keys, sender, alarms }: FeedbackProps) {
    super(scope, id);
    this.events = new QueueConsumer(this, 'SesEvents', {
      name: 'record-ses-events',
      settings,
      bundles,
      timeout: Duration.seconds(60),
      memory: 1024,
      batchSize: 1000,
      gather: Duration.seconds(20),
      variable: 'SES_EVENTS_QUEUE_URL',
      alarms,
      impact: 'reports miss evidence, and readers who bounced or complained may be written to again',
    });
    table.giveTo(this.events.worker);
    // Addresses of dead mailboxes are kept for a time, sealed.
    keys.giveIdentityKeyTo(this.events.worker);
    alarms.whenWaiting(this.events.queue, {
      worker: this.events.worker.name,
      age: Duration.minutes(15),
      impact:
        'the brake and reports know nothing of bounces and complaints, and a digest that is new to its readers waits after its first mails',
    });
    alarms.whenLogged(this.events.worker, 'MailNotSent', {
      name: 'ses-mail-not-sent',
      message: mailNotSent,
      impact: 'it took the mail for a virus or could not render it, so its readers do not have it and the next ones may not get theirs',
    });
    // Events that SNS cannot deliver to the queue are evidence too.
    sender.events.addSubscription(new SqsSubscription(this.events.queue, { deadLetterQueue: this.events.deadLetters }));
  }
}
