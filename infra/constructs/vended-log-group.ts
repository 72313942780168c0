import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';

/**
 * A log group of the stack, named for what writes into it. For log groups below this prefix, API Gateway adds nothing to the
 * resource policy of CloudWatch Logs, which an account has once and which may have 5,120 characters.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export const vendedLogGroup = (scope: Construct, id: string, writer: string, { logRetentionDays }: Pick<Settings, 'logRetentionDays'>) =>
  new LogGroup(scope, id, {
    logGroupName: `/aws/vendedlogs/${Stack.of(scope).stackName}/${writer}`,
    retention: logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
