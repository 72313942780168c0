import { Intrinsics } from '../../infra/local/intrinsics.ts';
import type { Template } from '../../infra/local/template.ts';

/** Where a name must be the only one: in one region of an account, in the account, or anywhere. */
type Reach = 'region' | 'account' | 'world';
export type PhysicalName = { logicalId: string; type: string; name: string; reach: Reach };

/** The properties that AWS calls a resource by, and where no other may have the same. */
const named: Record<string, { properties: string[]; reach: Reach }> = {
  'AWS::CloudFront::CachePolicy': { properties: ['CachePolicyConfig.Name'], reach: 'account' },
  'AWS::CloudFront::Distribution': { properties: ['DistributionConfig.Aliases'], reach: 'world' },
  'AWS::CloudFront::Function': { properties: ['Name'], reach: 'account' },
  'AWS::CloudFront::OriginAccessControl': { properties: ['OriginAccessControlConfig.Name'], reach: 'account' },
  'AWS::CloudWatch::Alarm': { properties: ['AlarmName'], reach: 'region' },
  'AWS::CloudWatch::Dashboard': { properties: ['DashboardName'], reach: 'region' },
  'AWS::Cognito::UserPoolDomain': { properties: ['Domain'], reach: 'world' },
  'AWS::DynamoDB::GlobalTable': { properties: ['TableName'], reach: 'region' },
  'AWS::IAM::Role': { properties: ['RoleName'], reach: 'account' },
  'AWS::Lambda::Function': { properties: ['FunctionName'], reach: 'region' },
  'AWS::Logs::LogGroup': { properties: ['LogGroupName'], reach: 'region' },
  'AWS::S3::Bucket': { properties: ['BucketName'], reach: 'world' },
  'AWS::SES::ConfigurationSet': { properties: ['Name'], reach: 'region' },
  'AWS::SES::EmailIdentity': { properties: ['EmailIdentity'], reach: 'region' },
  'AWS::SNS::Topic': { properties: ['TopicName'], reach: 'region' },
  'AWS::SQS::Queue': { properties: ['QueueName'], reach: 'region' },
  'AWS::Scheduler::Schedule': { properties: ['GroupName', 'Name'], reach: 'region' },
  'AWS::Scheduler::ScheduleGroup': { properties: ['Name'], reach: 'region' },
  'AWS::SecretsManager::Secret': { properties: ['Name'], reach: 'region' },
};

/** Names that any number of things may share: a label, a part of a resource that the template names itself, or a metric. */
const shareable = [
  'AWS::ApiGatewayV2::Api Name',
  'AWS::ApiGatewayV2::Stage StageName',
  'AWS::CloudWatch::Alarm MetricName',
  'AWS::IAM::Policy PolicyName',
  'AWS::Lambda::EventInvokeConfig FunctionName',
  'AWS::Lambda::EventSourceMapping FunctionName',
  'AWS::Lambda::Permission FunctionName',
  'AWS::Logs::MetricFilter LogGroupName',
  'AWS::SES::ConfigurationSetEventDestination ConfigurationSetName',
];

type Where = { region?: string; stackId?: string };

/** Every name that a template gives, as it reads in one account, in the region, for the stack with this id. */
export function physicalNames(template: Template, { region = 'us-east-1', stackId = '0a1b2c3d' }: Where = {}): PhysicalName[] {
  const pseudo: Record<string, string> = {
    'AWS::AccountId': '111111111111',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:111111111111:stack/Any/${stackId}-0000-4000-8000-000000000000`,
  };
  const intrinsics = new Intrinsics(template, {
    ref: (logicalId) => `(${logicalId})`,
    attribute: (logicalId, attribute) => `(${logicalId}.${attribute})`,
    pseudo: (name) => pseudo[name],
  });
  return Object.entries(template.Resources).flatMap(([logicalId, { Type: type, Properties = {} }]) => {
    const { properties, reach } = named[type] ?? { properties: [], reach: 'region' as const };
    const values = properties.map((path) => intrinsics.resolve(at(Properties, path)));
    if (values.length === 0 || values.some((value) => value === undefined)) return [];
    // Of several aliases each is a name of its own.
    const names = Array.isArray(values[0]) ? values[0].map(String) : [values.join('/')];
    return names.map((name) => ({ logicalId, type, name, reach }));
  });
}

/** What looks like a name and is in neither list: somebody has to say which it is. */
export function unknownNames({ Resources }: Template): string[] {
  const found = Object.values(Resources).flatMap(({ Type, Properties = {} }) =>
    pathsIn(Properties)
      .filter((path) => !named[Type]?.properties.includes(path))
      .map((path) => `${Type} ${path}`),
  );
  return [...new Set(found)].filter((name) => !shareable.includes(name)).sort();
}

/** Names among the properties, and in the `…Config` that CloudFront puts everything into. */
const pathsIn = (properties: Record<string, unknown>): string[] =>
  Object.entries(properties).flatMap(([key, value]) => {
    if (/Name$|^Domain$|^Alias(es)?$/.test(key)) return [key];
    if (!/^(CachePolicy|Distribution|OriginAccessControl)Config$/.test(key)) return [];
    return pathsIn(value as Record<string, unknown>).map((path) => `${key}.${path}`);
  });

const at = (properties: Record<string, unknown>, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], properties);
