import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../functions/platform/settings.ts';
import type { Editors } from './editors.ts';
import { mailFromOf, type Sender } from './sender.ts';
import type { Site } from './site.ts';

/** What a person needs after a deployment: the addresses, the way to the first editor, and every DNS record to set. */
export class Outputs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { settings, site, editors, sender }: { settings: Settings; site: Site; editors: Editors; sender: Sender },
  ) {
    super(scope, id);
    this.#output('PublicAddress', site.origin, 'Where readers sign up');
    this.#output('EditorsAddress', `${site.origin}/editors/`, 'Where editors sign in');
    this.#output('UserPoolId', editors.userPool.userPoolId, 'The editors’ user pool');
    this.#output(
      'FirstEditor',
      [
        `aws cognito-idp admin-create-user --user-pool-id ${editors.userPool.userPoolId} --username YOU@EXAMPLE.ORG --user-attributes Name=email,Value=YOU@EXAMPLE.ORG Name=email_verified,Value=true`,
        `aws cognito-idp admin-add-user-to-group --user-pool-id ${editors.userPool.userPoolId} --username YOU@EXAMPLE.ORG --group-name editors`,
      ].join(' && '),
      'Creates an editor, with your address for YOU@EXAMPLE.ORG; Cognito mails the first password',
    );
    if (settings.publicHost)
      this.#output('DnsPublicHost', `${settings.publicHost} CNAME ${site.distribution.distributionDomainName}`, 'DNS: the public pages');
    [...sender.identities].forEach(([domain, identity], n) => {
      const prefix = `DnsSender${n + 1}`;
      identity.dkimRecords.forEach(({ name, value }, key) => {
        this.#output(`${prefix}Dkim${key + 1}`, `${name} CNAME ${value}`, `DNS: DKIM of ${domain}`);
      });
      const mailFrom = mailFromOf(domain);
      const { region } = Stack.of(this);
      this.#output(`${prefix}MailFromMx`, `${mailFrom} MX 10 feedback-smtp.${region}.amazonses.com`, `DNS: MAIL FROM of ${domain}`);
      this.#output(`${prefix}MailFromSpf`, `${mailFrom} TXT "v=spf1 include:amazonses.com -all"`, `DNS: SPF of ${domain}`);
      this.#output(`${prefix}Dmarc`, `_dmarc.${domain} TXT "v=DMARC1; p=quarantine"`, `DNS: DMARC of ${domain}`);
    });
  }

  #output(id: string, value: string, description: string) {
    new CfnOutput(this, id, { value, description }).overrideLogicalId(id);
  }
}
