import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

/** CloudFront takes certificates from there, and Cost Explorer answers there, wherever the stack is. */
const global = { region: 'us-east-1' };

/** The services of AWS that the commands ask, for a stack in one region. */
export const clientsIn = (region: string) => {
  const here = { region };
  return {
    acm: new ACMClient(global),
    cloudFormation: new CloudFormationClient(here),
    cloudFront: new CloudFrontClient(global),
    cloudWatch: new CloudWatchClient(here),
    cognito: new CognitoIdentityProviderClient(here),
    costExplorer: new CostExplorerClient(global),
    dynamodb: new DynamoDBClient(here),
    lambda: new LambdaClient(here),
    logs: new CloudWatchLogsClient(here),
    quotas: new ServiceQuotasClient(here),
    route53: new Route53Client(global),
    s3: new S3Client(here),
    scheduler: new SchedulerClient(here),
    secrets: new SecretsManagerClient(here),
    ses: new SESv2Client(here),
    sns: new SNSClient(here),
    sqs: new SQSClient(here),
    sts: new STSClient(here),
    tags: new ResourceGroupsTaggingAPIClient(here),
  };
};
export type Clients = ReturnType<typeof clientsIn>;

/** The region of the profile or the environment, as the SDK finds it; undefined if there is none. */
export async function regionOfProfile(): Promise<string | undefined> {
  try {
    return await new STSClient({}).config.region();
  } catch {
    return undefined;
  }
}
