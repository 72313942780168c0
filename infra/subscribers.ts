import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../functions/platform/settings.ts';
import type { Alarms } from './alarms.ts';
import type { Bundles } from './bundling/functions.ts';
import { QueueConsumer } from './constructs/queue-consumer.ts';
import type { Keys } from './keys.ts';
import type { Sender } from './sender.ts';
import type { Site } from './site.ts';
import type { Table } from './table.ts';

type SubscribersProps = {
  settings: Settings;
  bundles: Bundles;
  table: Table;
  keys: Keys;
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
      bundles,
      timeout: Duration.seconds(60),
      memory: 1024,
      // While a digest goes out each waits up to a second for its slot: twenty in hand keep 5 % of 500 a second.
      batchSize: 10,
      variable: 'CONFIRMATION_QUEUE_URL',
      maxConcurrency: settings.maxConcurrency,
      alarms,
      impact,
    });
    const { worker, queue } = this.confirmations;
    // What SES throttles is put back for seconds: a failure would cost the queue's minutes.
    this.confirmations.acceptFrom(worker);
    table.giveTo(worker);
    keys.giveIdentityKeyTo(worker);
    keys.giveTokenKeysTo(worker);
    site.tellOrigin(worker);
    sender.letSend(worker, settings.confirmationSender.address);
    if (settings.welcomeMail) sender.letSend(worker, settings.sender.address);
    sender.letReadQuota(worker);
    alarms.whenWaiting(queue, Duration.minutes(10), impact);
  }
}
