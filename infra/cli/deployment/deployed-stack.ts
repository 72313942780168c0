import { DescribeStackEventsCommand, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { allPages } from '../frame/all-pages.ts';
import { cannot } from '../frame/cli-error.ts';
import { unlessMissing } from '../frame/refused-by-aws.ts';
import type { Target } from './target.ts';

type StackResource = { type: string; logicalId: string; physicalId: string };

export type DeployedStack = {
  /** As CloudFormation calls it, for example `CREATE_COMPLETE`. */
  status: string;
  isProtected: boolean;
  outputs: Readonly<Record<string, string>>;
  resources: readonly StackResource[];
};

/** The stack as CloudFormation knows it; undefined if there is none. */
export async function deployedStack({ aws, stack: name }: Pick<Target, 'aws' | 'stack'>): Promise<DeployedStack | undefined> {
  const answer = await unlessMissing(aws.cloudFormation.send(new DescribeStacksCommand({ StackName: name })));
  const [stack] = answer?.Stacks ?? [];
  if (!stack) return undefined;
  const resources = await allPages(async (NextToken) => {
    const page = await aws.cloudFormation.send(new ListStackResourcesCommand({ StackName: name, ...(NextToken && { NextToken }) }));
    return { items: page.StackResourceSummaries, next: page.NextToken };
  });
  return {
    status: stack.StackStatus ?? '',
    isProtected: stack.EnableTerminationProtection ?? false,
    outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
    resources: resources
      .filter(({ ResourceStatus = '' }) => ResourceStatus !== 'DELETE_COMPLETE')
      .map(({ ResourceType = '', LogicalResourceId = '', PhysicalResourceId = '' }) => ({
        type: ResourceType,
        logicalId: LogicalResourceId,
        physicalId: PhysicalResourceId,
      })),
  };
}

/** @throws CliError `not_deployed` */
export async function stackInUse(target: Target): Promise<DeployedStack> {
  const stack = await deployedStack(target);
  if (!stack || !isInUse(stack)) throw cannot('not_deployed', { stack: target.stack, region: target.region, status: stack?.status ?? '' });
  return stack;
}

/** Whether a deployment has ever succeeded. What a failed creation has left is only there to be deleted. */
export const isInUse = ({ status }: DeployedStack) => /^(CREATE_COMPLETE|UPDATE_|IMPORT_|DELETE_FAILED)/.test(status);

export const resourceOf = ({ resources }: DeployedStack, type: string): string => resourcesOf({ resources }, type)[0] ?? '';
export const resourcesOf = ({ resources }: Pick<DeployedStack, 'resources'>, type: string): string[] =>
  resources.filter((resource) => resource.type === type).map(({ physicalId }) => physicalId);

/** Of several resources of a type those whose logical id begins with, or contains, the name of their part. */
export const resourcesNamed = ({ resources }: Pick<DeployedStack, 'resources'>, type: string, part: string): string[] =>
  resources.filter((resource) => resource.type === type && resource.logicalId.includes(part)).map(({ physicalId }) => physicalId);

/** @throws CliError `no_output`: every stack of this version has it. */
export function outputOf({ outputs }: DeployedStack, key: string): string {
  const value = outputs[key];
  if (value === undefined) throw cannot('no_output', { output: key });
  return value;
}

/** Why the last change failed: what CloudFormation said of the resources that failed by themselves, the first one first. */
export async function causesOfFailure({ aws, stack }: Target): Promise<{ resource: string; reason: string }[]> {
  const answer = await unlessMissing(aws.cloudFormation.send(new DescribeStackEventsCommand({ StackName: stack })));
  const events = answer?.StackEvents ?? [];
  // Newest first: what belongs to the last change comes before the event with which it began.
  const began = events.findIndex(
    ({ ResourceType, ResourceStatus = '' }) =>
      ResourceType === 'AWS::CloudFormation::Stack' && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(ResourceStatus),
  );
  return events
    .slice(0, began < 0 ? undefined : began)
    .filter(
      ({ ResourceStatus = '', ResourceStatusReason = '' }) =>
        /(CREATE|UPDATE)_FAILED$/.test(ResourceStatus) && !/cancelled/.test(ResourceStatusReason),
    )
    .reverse()
    .map(({ LogicalResourceId = '', ResourceStatusReason = '' }) => ({ resource: LogicalResourceId, reason: ResourceStatusReason }));
}
