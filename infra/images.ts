import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../functions/platform/settings.ts';
import type { Alarms } from './alarms.ts';
import type { Bundles } from './bundling/functions.ts';
import { QueueConsumer } from './constructs/queue-consumer.ts';
import type { Issues } from './issues.ts';
import type { Site } from './site.ts';
import type { Table } from './table.ts';

type ImagesProps = { settings: Settings; bundles: Bundles; table: Table; issues: Issues; site: Site; alarms: Alarms };

/** Fetches the images that issues show from elsewhere, and keeps what an upload left over. */
export class Images extends Construct {
  readonly requests: QueueConsumer;

  constructor(scope: Construct, id: string, { settings, bundles, table, issues, site, alarms }: ImagesProps) {
    super(scope, id);
    this.requests = new QueueConsumer(this, 'Requests', {
      name: 'keep-images',
      bundles,
      timeout: Duration.seconds(60),
      // A picture of 60 million pixels is opened in memory, and opening it is all the work there is.
      memory: 1769,
      variable: 'KEEP_IMAGES_QUEUE_URL',
      maxConcurrency: settings.maxConcurrency,
      alarms,
      impact: 'images of an issue stay where they are, and its digest waits five minutes for them before readers get it',
    });
    table.giveTo(this.requests.worker);
    issues.giveImagesTo(this.requests.worker);
    site.tellOrigin(this.requests.worker);
    // What there is no time for goes into another round.
    this.requests.acceptFrom(this.requests.worker);
  }
}
