import { ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { ListScheduleGroupsCommand } from '@aws-sdk/client-scheduler';
import { ListRequestedServiceQuotaChangeHistoryByQuotaCommand, RequestServiceQuotaIncreaseCommand } from '@aws-sdk/client-service-quotas';
import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { allPages } from '../frame/all-pages.ts';
import { type CliFinding, good, note, trouble } from '../frame/cli-finding.ts';
import type { Context } from '../frame/context.ts';
import { type DeployedStack, deployedStack, isInUse } from './deployed-stack.ts';
import type { Target } from './target.ts';

export type Look = (target: Target, deployed: DeployedStack | undefined, context: Context) => Promise<CliFinding[]>;

export async function lookAtCredentials({ aws, region }: Pick<Target, 'aws' | 'region'>): Promise<CliFinding> {
  const { Account = '', Arn = '' } = await aws.sts.send(new GetCallerIdentityCommand({}));
  return good('credentials', { account: Account, who: Arn.split(':').at(-1) ?? Arn, region });
}

/** Services that are not in every region: each is asked one harmless thing there. */
export const lookAtServices: Look = async ({ aws, region }) => {
  const asked: [string, Promise<unknown>][] = [
    ['Amazon SES', aws.ses.send(new GetAccountCommand({}))],
    ['EventBridge Scheduler', aws.scheduler.send(new ListScheduleGroupsCommand({ MaxResults: 1 }))],
    ['Amazon Cognito', aws.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))],
    ['AWS Lambda', aws.lambda.send(new GetAccountSettingsCommand({}))],
  ];
  const answers = await Promise.allSettled(asked.map(([, answer]) => answer));
  const faults = answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as Error & { code?: string }) : undefined));
  const other = faults.find((fault) => fault && fault.code !== 'ENOTFOUND');
  if (other) throw other;
  const missing = asked.filter((_, n) => faults[n]).map(([service]) => service);
  return missing.length > 0 ? [trouble('services_missing', { region, services: missing })] : [good('services', { region })];
};

const leastBootstrap = 6;
const bootstrapStack = 'CDKToolkit';

/** CDK uploads through a bucket and roles of its own. They are made once for an account and region, if the person agrees. */
export const lookAtBootstrap: Look = async ({ aws, region }, _, { cdk, settings, terminal, words }) => {
  const found = async () => Number((await deployedStack({ aws, stack: bootstrapStack }))?.outputs.BootstrapVersion ?? 0);
  const before = await found();
  if (before >= leastBootstrap) return [good('bootstrap', { version: before })];
  if (!(await terminal.agree(words.deploy.agreeBootstrap(region)))) return [trouble('bootstrap_missing', { region, version: before })];
  await cdk(['bootstrap', `aws://${await accountOf(aws)}/${region}`], settings.environment);
  const version = await found();
  return version >= leastBootstrap ? [good('bootstrap', { version })] : [trouble('bootstrap_missing', { region, version })];
};

const accountOf = async (aws: Target['aws']) => (await aws.sts.send(new GetCallerIdentityCommand({}))).Account ?? '';

/**
 * AWS has to allow CloudFront for a new account, and cannot be asked whether it does: only an account with a distribution is sure.
 * A host may belong to one distribution of all accounts.
 */
export const lookAtCloudFront: Look = async ({ aws, settings: { publicHost } }, deployed) => {
  const distributions = await allPages(async (Marker) => {
    const { DistributionList } = await aws.cloudFront.send(new ListDistributionsCommand(Marker ? { Marker } : {}));
    return { items: DistributionList?.Items, next: DistributionList?.NextMarker };
  });
  const own = new Set(deployed?.resources.map(({ physicalId }) => physicalId));
  const other = distributions.find(({ Id = '', Aliases }) => publicHost && Aliases?.Items?.includes(publicHost) && !own.has(Id));
  if (other && publicHost) return [trouble('host_taken', { host: publicHost, distribution: other.Id ?? '' })];
  return [distributions.length > 0 ? good('cloudfront', {}) : note('cloudfront_unknown', {})];
};

/** What Lambda runs at once in the account, and how many of our functions may want to. */
const concurrencyQuota = { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' } as const;
const usualConcurrency = 1_000;
const queues = 4;
const besideQueues = 6;
export const concurrencyWanted = (maxConcurrency: number) => queues * maxConcurrency + besideQueues;

export const lookAtConcurrency: Look = async ({ aws, settings }, _, { terminal, words }) => {
  const { AccountLimit } = await aws.lambda.send(new GetAccountSettingsCommand({}));
  const [limit, wanted] = [AccountLimit?.ConcurrentExecutions ?? 0, concurrencyWanted(settings.maxConcurrency)];
  if (limit >= wanted) return [good('concurrency', { limit, wanted })];
  const asked = await aws.quotas.send(new ListRequestedServiceQuotaChangeHistoryByQuotaCommand(concurrencyQuota));
  const open = asked.RequestedQuotas?.find(({ Status = '' }) => ['PENDING', 'CASE_OPENED'].includes(Status));
  if (open) return [note('concurrency_asked', { limit, wanted, desired: open.DesiredValue ?? 0 })];
  if (!(await terminal.agree(words.deploy.agreeConcurrency({ limit, wanted, desired: usualConcurrency }))))
    return [note('concurrency_low', { limit, wanted })];
  await aws.quotas.send(new RequestServiceQuotaIncreaseCommand({ ...concurrencyQuota, DesiredValue: usualConcurrency }));
  return [note('concurrency_asked', { limit, wanted, desired: usualConcurrency })];
};

/** Tables and user pools that a failed creation could not delete, since they are protected; a later stack makes its own. */
export const lookForLeftBehind: Look = async ({ aws, settings }, deployed) => {
  const tagged = await taggedResources({ aws, settings }, ['dynamodb:table', 'cognito-idp:userpool']);
  const used = deployed && isInUse(deployed) ? deployed.resources.map(({ physicalId }) => physicalId) : [];
  const left = tagged.filter((arn) => !used.includes(arn.split('/').at(-1) ?? ''));
  return left.length > 0 ? [note('left_behind', { arns: left })] : [good('nothing_left_behind', {})];
};

/** Everything of these types that bears this newsletter's tags, whatever stack it came from. */
async function taggedResources({ aws, settings }: Pick<Target, 'aws' | 'settings'>, types: readonly string[]): Promise<string[]> {
  const mappings = await allPages(async (PaginationToken) => {
    const page = await aws.tags.send(
      new GetResourcesCommand({
        ResourceTypeFilters: [...types],
        TagFilters: [
          { Key: 'newsletter', Values: [settings.stackName] },
          { Key: 'stage', Values: [settings.stage] },
        ],
        ...(PaginationToken && { PaginationToken }),
      }),
    );
    return { items: page.ResourceTagMappingList, next: page.PaginationToken };
  });
  return mappings.map(({ ResourceARN = '' }) => ResourceARN);
}

export const lookAtSes: Look = async ({ aws }) => {
  const { ProductionAccessEnabled, SendingEnabled, EnforcementStatus = '', SendQuota } = await aws.ses.send(new GetAccountCommand({}));
  if (SendingEnabled === false || EnforcementStatus === 'SHUTDOWN') return [trouble('ses_paused', { status: EnforcementStatus })];
  const quota = { day: SendQuota?.Max24HourSend ?? 0, second: SendQuota?.MaxSendRate ?? 0 };
  const review = EnforcementStatus === 'PROBATION' ? [note('ses_review', {})] : [];
  return [ProductionAccessEnabled ? good('ses_production', quota) : note('ses_sandbox', quota), ...review];
};
