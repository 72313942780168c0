import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { Bundles } from '../bundling/functions.ts';
import { NewsletterFunction } from '../constructs/newsletter-function.ts';
import type { NewsletterTable } from './newsletter-table.ts';
import type { SecretKeys } from './secret-keys.ts';
import type { Site } from './site.ts';

type PublicProps = { settings: Settings; bundles: Bundles; table: NewsletterTable; keys: SecretKeys; site: Site };

/** The readers' face: sign-up, the links in mails, the archive. */
export class Public extends Construct {
  readonly worker: NewsletterFunction;

  constructor(scope: Construct, id: string, { settings, bundles, table, keys, site }: PublicProps) {
    super(scope, id);
    this.worker = new NewsletterFunction(this, 'Worker', {
      name: 'public-api',
      settings,
      bundles,
      timeout: Duration.seconds(29),
      memory: 1024,
    });
    table.giveTo(this.worker);
    keys.giveTokenKeysTo(this.worker);
    keys.giveOriginKeyTo(this.worker);
    site.tellOrigin(this.worker);
    site.route({
      worker: this.worker,
      keys: ['$default'],
      withoutAuthorizer:
        'Pages for everybody: sign-up, archive, feeds. Links from mails carry a signed token of their own, which the function checks.',
    });
  }
}
