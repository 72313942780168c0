import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { Bundles } from '../bundling/functions.ts';
import { NewsletterFunction } from '../constructs/newsletter-function.ts';
import type { Issues } from './issues.ts';
import type { NewsletterTable } from './newsletter-table.ts';
import type { SecretKeys } from './secret-keys.ts';
import type { SignIn } from './sign-in.ts';
import type { Site } from './site.ts';

type ApiProps = {
  settings: Settings;
  bundles: Bundles;
  table: NewsletterTable;
  keys: SecretKeys;
  issues: Issues;
  site: Site;
  signIn: SignIn;
};

/** The API that the desk and programs use, and the desk's page. */
export class Api extends Construct {
  readonly worker: NewsletterFunction;

  constructor(scope: Construct, id: string, { settings, bundles, table, keys, issues, site, signIn }: ApiProps) {
    super(scope, id);
    this.worker = new NewsletterFunction(this, 'Worker', { name: 'api', settings, bundles, timeout: Duration.seconds(29), memory: 1769 });
    table.giveTo(this.worker);
    issues.giveImagesTo(this.worker);
    issues.giveUploadsTo(this.worker);
    keys.giveIdentityKeyTo(this.worker);
    keys.giveTokenKeysTo(this.worker);
    site.tellOrigin(this.worker);
    signIn.tell(this.worker);
    site.route({
      worker: this.worker,
      keys: ['ANY /api/v1/{proxy+}'],
      withoutAuthorizer:
        'The function itself verifies the access token of every request and reads the role of its bearer in the table: so a role that is taken away counts at once, and refusals are problem documents that say what would do (decision 0028). A test asks every route of the table without a token and with each role.',
    });
    site.route({
      worker: this.worker,
      keys: ['GET /editors', 'GET /editors/assets/{file}', 'GET /editors/config.json'],
      withoutAuthorizer:
        'The page that people sign in from, its assets and the address of the sign-in: nothing that is not public, and nothing they change.',
    });
  }
}
