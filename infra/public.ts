import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Bundles } from './bundling/functions.ts';
import { NewsletterFunction } from './constructs/newsletter-function.ts';
import type { Keys } from './keys.ts';
import type { Site } from './site.ts';
import type { Table } from './table.ts';

type PublicProps = { bundles: Bundles; table: Table; keys: Keys; site: Site };

/** The readers' face: sign-up, the links in mails, the archive. */
export class Public extends Construct {
  readonly api: NewsletterFunction;

  constructor(scope: Construct, id: string, { bundles, table, keys, site }: PublicProps) {
    super(scope, id);
    this.api = new NewsletterFunction(this, 'Api', { name: 'public-api', bundles, timeout: Duration.seconds(29), memory: 1024 });
    table.giveTo(this.api);
    keys.giveTokenKeysTo(this.api);
    keys.giveOriginKeyTo(this.api);
    site.tellOrigin(this.api);
    site.route({
      worker: this.api,
      keys: ['$default'],
      openBecause:
        'Pages for everybody: sign-up, archive, feeds. Links from mails carry a signed token of their own, which the function checks.',
    });
  }
}
