import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../functions/settings/settings.ts';
import { NewsletterFunction } from './constructs/newsletter-function.ts';
import { QueueConsumer } from './constructs/queue-consumer.ts';
import type { Dashboard } from './parts/dashboard.ts';
import type { NewsletterTable } from './parts/newsletter-table.ts';
import { mailFromOf, type Sender } from './parts/sender.ts';
import type { SignIn } from './parts/sign-in.ts';
import type { Site } from './parts/site.ts';

type OutputsProps = {
  settings: Settings;
  site: Site;
  signIn: SignIn;
  table: NewsletterTable;
  sender: Sender;
  dashboard: Dashboard;
  missedMinutes: Queue;
};

/**
 * What a person needs after a deployment: the addresses, the commands that make the first owner and every colleague, every DNS record to
 * set; and later, when an alarm has come, the names that the runbook's commands ask for.
 */
export class Outputs extends Construct {
  constructor(scope: Construct, id: string, { settings, site, signIn, table, sender, dashboard, missedMinutes }: OutputsProps) {
    super(scope, id);
    this.#output('PublicAddress', site.origin, 'Where readers sign up');
    this.#output('EditorsAddress', `${site.origin}/editors/`, 'Where editors sign in');
    this.#colleagues(signIn, table);
    if (settings.publicHost)
      this.#output('DnsPublicHost', `${settings.publicHost} CNAME ${site.distribution.distributionDomainName}`, 'DNS: the public pages');
    this.#dnsOf(sender, settings);
    this.#output('DashboardAddress', dashboard.url, 'The alarms, and what waits, fails and is refused');
    this.#output('TableName', table.name, 'The table');
    this.#output('DistributionId', site.distribution.distributionId, 'The distribution');
    this.#output('AccessLog', site.accessLog.logGroupName, 'Log group: one line a request');
    this.#output('WatchDigestsDeadLetters', missedMinutes.queueUrl, 'Looks that the schedule could not hand to watch-digests');
    this.#partsToLookAt();
  }

  /** Of every function its name and log group, of every queue its address and that of its dead letters. */
  #partsToLookAt() {
    for (const part of Stack.of(this).node.findAll()) {
      if (part instanceof NewsletterFunction) {
        const name = inPascalCase(part.name);
        this.#output(`${name}Function`, part.lambda.functionName, `Function: ${part.name}`);
        this.#output(`${name}Log`, part.logGroup.logGroupName, `Log group: ${part.name}`);
      }
      if (part instanceof QueueConsumer) {
        const name = inPascalCase(part.worker.name);
        this.#output(`${name}Queue`, part.queue.queueUrl, `Queue: what waits for ${part.worker.name}`);
        this.#output(`${name}DeadLetters`, part.deadLetters.queueUrl, `Queue: what ${part.worker.name} could not handle`);
      }
    }
  }

  #dnsOf(sender: Sender, { contact }: Settings) {
    [...sender.identities].forEach(([domain, identity], n) => {
      const prefix = `DnsSender${n + 1}`;
      identity.dkimRecords.forEach(({ name, value }, key) => {
        this.#output(`${prefix}Dkim${key + 1}`, `${name} CNAME ${value}`, `DNS: DKIM of ${domain}`);
      });
      const mailFrom = mailFromOf(domain);
      const { region } = Stack.of(this);
      this.#output(`${prefix}MailFromMx`, `${mailFrom} MX 10 feedback-smtp.${region}.amazonses.com`, `DNS: MAIL FROM of ${domain}`);
      this.#output(`${prefix}MailFromSpf`, `${mailFrom} TXT "v=spf1 include:amazonses.com -all"`, `DNS: SPF of ${domain}`);
      this.#output(`${prefix}Dmarc`, `_dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:${contact}"`, `DNS: DMARC of ${domain}`);
    });
  }

  /**
   * An account in the user pool lets somebody sign in; the item in the table says what they may do. Only who may write the
   * table of this AWS account gives a role, the first owner's too: no request to the API can.
   */
  #colleagues({ userPool: { userPoolId } }: SignIn, table: NewsletterTable) {
    this.#output('UserPoolId', userPoolId, 'The user pool of everybody who works at the desk');
    this.#output(
      'NewColleague',
      `aws cognito-idp admin-create-user --user-pool-id ${userPoolId} --username YOU@EXAMPLE.ORG --user-attributes Name=email,Value=YOU@EXAMPLE.ORG Name=email_verified,Value=true`,
      'Lets somebody sign in, with their address for YOU@EXAMPLE.ORG; Cognito mails the first password',
    );
    const sub = `SUB=$(aws cognito-idp admin-get-user --user-pool-id ${userPoolId} --username YOU@EXAMPLE.ORG --query "UserAttributes[?Name=='sub'].Value" --output text)`;
    const item = `--table-name ${table.name} --key '{"pk":{"S":"PRINCIPAL#'"$SUB"'"},"sk":{"S":"META"}}'`;
    this.#output(
      'GiveRole',
      `${sub} && aws dynamodb update-item ${item} --update-expression 'SET #role = :role' --expression-attribute-names '{"#role":"role"}' --expression-attribute-values '{":role":{"S":"owner"}}'`,
      'Makes them an owner; editor, writer or analyst in its place gives another role',
    );
    this.#output(
      'EndSessions',
      `${sub} && aws dynamodb update-item ${item} --update-expression 'SET notBefore = :now' --condition-expression 'attribute_exists(pk)' --expression-attribute-values '{":now":{"S":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'"}}'`,
      'Ends every sign-in of theirs up to now, with the next request',
    );
    this.#output('TakeRole', `${sub} && aws dynamodb delete-item ${item}`, 'Takes their role away, with the next request');
  }

  #output(id: string, value: string, description: string) {
    new CfnOutput(this, id, { value, description }).overrideLogicalId(id);
  }
}

const inPascalCase = (name: string) => name.replaceAll(/(^|-)([a-z])/g, (_, _hyphen, letter: string) => letter.toUpperCase());
