import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/platform/settings.ts';
import type { Alarms } from '../alarms.ts';
import type { Bundles } from '../bundling/functions.ts';
import { QueueConsumer } from '../constructs/queue-consumer.ts';
import type { Keys } from '../keys.ts';
import type { Table } from '../table.ts';
import type { Lists } from './lists.ts';

type ExportsProps = { settings: Settings; bundles: Bundles; table: Table; keys: Keys; lists: Lists; alarms: Alarms };

/** Writes the whole list of readers into a file, for an editor who asked for it. */
export class Exports extends Construct {
  readonly requests: QueueConsumer;

  constructor(scope: Construct, id: string, { settings, bundles, table, keys, lists, alarms }: ExportsProps) {
    super(scope, id);
    this.requests = new QueueConsumer(this, 'Requests', {
      name: 'export-readers',
      bundles,
      timeout: Duration.minutes(5),
      memory: 1024,
      variable: 'EXPORT_QUEUE_URL',
      maxConcurrency: settings.maxConcurrency,
      alarms,
      impact: 'an editor waits for the file of all readers in vain',
    });
    const { worker } = this.requests;
    table.giveTo(worker);
    keys.giveIdentityKeyTo(worker);
    lists.giveTo(worker, 'exports', 's3:PutObject');
    // What there is no time for is gone on with by a new message.
    this.requests.acceptFrom(worker);
  }
}
