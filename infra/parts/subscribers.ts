import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { Bundles } from '../bundling/functions.ts';
import { QueueConsumer } from '../constructs/queue-consumer.ts';
import type { Alarms } from './alarms.ts';
import type { NewsletterTable } from './newsletter-table.ts';
import type { SecretKeys } from './secret-keys.ts';
import type { Sender } from './sender.ts';
import type { Site } from './site.ts';

type SubscribersProps = {
  settings: Settings;
  bundles: Bundles;
  table: NewsletterTable;
  keys: SecretKeys;
  site: Site;
  sender: Sender;
  alarms: Alarms;
};

/** Sign-ups: all that depends on the address happens here, behind a queue, so that no answer tells who is known. */
export class Subscribers extends Construct {
  readonly confirmations: QueueConsumer;

  constructor(scope: Construct, id: string, { settings, bundles, table, keys, site, sender, alarms }: SubscribersProps) {
    super(scope, id);
    const impact = 'people who signed up wait for their confirmation mail';
    this.confirmations = new QueueConsumer(this, 'Confirmations', {
      name: 'send-confirmation',
      settings,
      bundles,
      timeout: Duration.seconds(60),
      memory: 1024,
      // While a digest goes out, each mail waits up to a second for its permit. Twenty at a time are enough for 5 % of 500 a second.
      batchSize: 10,
      variable: 'CONFIRMATION_QUEUE_URL',
      alarms,
      impact,
    });
    const { worker, queue } = this.confirmations;
    // A mail that SES throttles is put back for seconds. A failure would delay it by the visibility time-out, which is minutes.
    this.confirmations.acceptFrom(worker);
    table.giveTo(worker);
    keys.giveIdentityKeyTo(worker);
    keys.giveTokenKeysTo(worker);
    site.tellOrigin(worker);
    sender.letSend(worker, settings.confirmationSender.address);
    if (settings.welcomeMail) sender.letSend(worker, settings.sender.address);
    sender.letReadQuota(worker);
    alarms.whenWaiting(queue, { worker: worker.name, age: Duration.minutes(10), impact });
  }
}
