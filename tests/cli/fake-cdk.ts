import type { Context } from '../../infra/cli/frame/context.ts';
import { accountId, type FakeAccount, region } from './fake-account.ts';

const queues = ['SendConfirmation', 'Work', 'DeliverBatches', 'RecordSesEvents'];
const addressOf = (queue: string) => `https://sqs.${region}.amazonaws.com/${accountId}/${queue}`;

/** What of the stack the commands use; `tests/infra/cli-names.test.ts` holds its names against the template. */
export const stackResources = [
  { type: 'AWS::DynamoDB::GlobalTable', logicalId: 'Table', physicalId: 'Periodical-Table-1A2B' },
  { type: 'AWS::Cognito::UserPool', logicalId: 'SignInUserPool', physicalId: `${region}_a1B2c3D4e` },
  { type: 'AWS::SES::EmailIdentity', logicalId: 'SenderIdentity1', physicalId: 'post.hafenblatt.de' },
  { type: 'AWS::SES::EmailIdentity', logicalId: 'SenderIdentity2', physicalId: 'anmeldung.hafenblatt.de' },
  { type: 'AWS::SES::ConfigurationSet', logicalId: 'SenderConfigurationSet', physicalId: 'SenderConfigurationSet-x1' },
  { type: 'AWS::SNS::Topic', logicalId: 'AlarmsTopic', physicalId: `arn:aws:sns:${region}:${accountId}:Periodical-AlarmsTopic-y` },
  { type: 'AWS::SNS::Topic', logicalId: 'SenderEvents', physicalId: `arn:aws:sns:${region}:${accountId}:Periodical-SenderEvents-z` },
  { type: 'AWS::Scheduler::ScheduleGroup', logicalId: 'Schedules', physicalId: 'Periodical-Schedules-q' },
  {
    type: 'AWS::SecretsManager::Secret',
    logicalId: 'KeysIdentityKey',
    physicalId: `arn:aws:secretsmanager:${region}:${accountId}:secret:KeysIdentityKey-w`,
  },
  {
    type: 'AWS::SecretsManager::Secret',
    logicalId: 'KeysTokenKeys',
    physicalId: `arn:aws:secretsmanager:${region}:${accountId}:secret:KeysTokenKeys-v`,
  },
  { type: 'AWS::S3::Bucket', logicalId: 'ListsBucket', physicalId: 'periodical-listsbucket-5e6f' },
  { type: 'AWS::CloudFront::Distribution', logicalId: 'SiteDistribution', physicalId: 'E2NEWSLETTER' },
];

export const stackOutputs: Record<string, string> = {
  PublicAddress: 'https://brief.hafenblatt.de',
  EditorsAddress: 'https://brief.hafenblatt.de/editors/',
  DnsPublicHost: 'brief.hafenblatt.de CNAME d1q2w3e4r5.cloudfront.net',
  ...Object.fromEntries(
    ['post.hafenblatt.de', 'anmeldung.hafenblatt.de'].flatMap((domain, n) => [
      ...[1, 2, 3].map((key) => [
        `DnsSender${n + 1}Dkim${key}`,
        `k${n + 1}${key}._domainkey.${domain} CNAME k${n + 1}${key}.dkim.amazonses.com`,
      ]),
      [`DnsSender${n + 1}MailFromMx`, `bounce.${domain} MX 10 feedback-smtp.${region}.amazonses.com`],
      [`DnsSender${n + 1}MailFromSpf`, `bounce.${domain} TXT "v=spf1 include:amazonses.com -all"`],
      [`DnsSender${n + 1}Dmarc`, `_dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:redaktion@hafenblatt.de"`],
    ]),
  ),
  DashboardAddress: `https://${region}.console.aws.amazon.com/cloudwatch/home#dashboards:name=Periodical`,
  UserPoolId: `${region}_a1B2c3D4e`,
  TableName: 'Periodical-Table-1A2B',
  DistributionId: 'E2NEWSLETTER',
  AccessLog: '/aws/vendedlogs/Periodical/http-api',
  WatchDigestsFunction: 'Periodical-Watch',
  WatchDigestsLog: '/aws/vendedlogs/Periodical/watch-digests',
  WatchDigestsDeadLetters: addressOf('watch-dead'),
  PublicApiLog: '/aws/vendedlogs/Periodical/public-api',
  ...Object.fromEntries(
    queues.flatMap((name) => [
      [`${name}Queue`, addressOf(name)],
      [`${name}DeadLetters`, addressOf(`${name}-dead`)],
      [`${name}Log`, `/aws/vendedlogs/Periodical/${name}`],
    ]),
  ),
};

/** The account as a deployment leaves it. */
export function deployed(account: FakeAccount): FakeAccount {
  account.stacks.set('Periodical', { status: 'CREATE_COMPLETE', isProtected: false, outputs: stackOutputs, resources: stackResources });
  for (const { type, physicalId } of stackResources)
    if (type === 'AWS::SES::EmailIdentity') account.identities.set(physicalId, { verified: false });
  return account;
}

/** A CDK command that deploys, or whose deployment fails as CloudFormation tells it. `ran` has what it was called with. */
export function fakeCdk(account: FakeAccount, failure?: { resource: string; reason: string }) {
  const ran: string[] = [];
  const cdk: Context['cdk'] = async (words) => {
    ran.push(words.join(' '));
    if (words[0] === 'bootstrap')
      account.stacks.set('CDKToolkit', {
        status: 'CREATE_COMPLETE',
        isProtected: false,
        outputs: { BootstrapVersion: '29' },
        resources: [],
      });
    if (words[0] !== 'deploy') return 0;
    if (!failure) return deployed(account) ? 0 : 1;
    const event = (
      LogicalResourceId: string,
      ResourceStatus: 'CREATE_IN_PROGRESS' | 'CREATE_FAILED' | 'ROLLBACK_COMPLETE',
      ResourceStatusReason = '',
    ) => ({
      StackId: 'stack',
      EventId: `${account.events.length}`,
      StackName: 'Periodical',
      Timestamp: new Date(0),
      ResourceType: LogicalResourceId === 'Periodical' ? 'AWS::CloudFormation::Stack' : 'AWS::Other',
      LogicalResourceId,
      ResourceStatus,
      ResourceStatusReason,
    });
    account.events.push(
      event('Periodical', 'CREATE_IN_PROGRESS', 'User Initiated'),
      event(failure.resource, 'CREATE_FAILED', failure.reason),
      event('AlarmsTopic', 'CREATE_FAILED', 'Resource creation cancelled'),
      event('Periodical', 'ROLLBACK_COMPLETE'),
    );
    account.stacks.set('Periodical', { status: 'ROLLBACK_COMPLETE', isProtected: false, outputs: {}, resources: [] });
    return 1;
  };
  return { cdk, ran };
}
