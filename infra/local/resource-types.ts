import type { Properties } from './template.ts';
import { read } from './template.ts';

/** Where the local run pretends to be, and the addresses its emulators answer on. */
export type Place = { region: string; accountId: string; distributionDomain: string; queuesOrigin: string };

/** What `Ref` and `Fn::GetAtt` of a resource give. */
export type Identity = { ref: string; attributes: Record<string, string> };

type Identify = (logicalId: string, properties: Properties, place: Place) => Identity;

export type ResourceType = ({ emulatedBy: string } | { withoutEffect: string }) & { identity: Identify };

const arn = (service: string, { region, accountId }: Place, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;

const emulated = (emulatedBy: string, identity: Identify): ResourceType => ({ emulatedBy, identity });

/** Its `Ref` is its own name, its ARN looks like one: enough for the policies and alarms that mention it. */
const withoutEffect = (reason: string): ResourceType => ({
  withoutEffect: reason,
  identity: (logicalId, _properties, place) => ({
    ref: logicalId,
    attributes: { Arn: arn('local', place, logicalId), Id: logicalId, AttributeId: logicalId, RoleId: logicalId },
  }),
});

/** A part of another resource: it is read with that one and has no identity that anything asks for. */
const partOf = (emulatedBy: string) => emulated(emulatedBy, (logicalId) => ({ ref: logicalId, attributes: { Id: logicalId } }));

const access = 'access (infra/local/access)';
const noAlarms = 'nobody is on call here: warnings and errors go to the terminal';

/**
 * Every CloudFormation type the local run knows: what emulates it, or why it has no effect here. A type that is not
 * in this table stops the start, so that nothing is deployed that never ran here without somebody having said why.
 */
export const resourceTypes: Record<string, ResourceType> = {
  'AWS::DynamoDB::GlobalTable': emulated('tables (dynalite)', (logicalId, properties, place) => {
    const name = read.text(properties, 'TableName') ?? logicalId;
    return { ref: name, attributes: { Arn: arn('dynamodb', place, `table/${name}`), TableId: name } };
  }),
  'AWS::SQS::Queue': emulated('queues (fauxqs)', (logicalId, properties, place) => {
    const name = read.text(properties, 'QueueName') ?? logicalId;
    const url = `${place.queuesOrigin}/${place.accountId}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', place, name), QueueName: name, QueueUrl: url } };
  }),
  'AWS::SNS::Topic': emulated('queues (fauxqs)', (logicalId, properties, place) => {
    const name = read.text(properties, 'TopicName') ?? logicalId;
    return { ref: arn('sns', place, name), attributes: { TopicArn: arn('sns', place, name), TopicName: name } };
  }),
  'AWS::SNS::Subscription': partOf('queues (fauxqs)'),
  'AWS::S3::Bucket': emulated('queues (fauxqs)', (logicalId, properties, place) => {
    const name = read.text(properties, 'BucketName') ?? logicalId.toLowerCase();
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${place.region}.amazonaws.com`,
      },
    };
  }),
  'AWS::SecretsManager::Secret': emulated('secrets', (logicalId, properties, place) => {
    const secretArn = arn('secretsmanager', place, `secret:${read.text(properties, 'Name') ?? logicalId}-local0`);
    return { ref: secretArn, attributes: { Id: secretArn } };
  }),
  'AWS::Lambda::Function': emulated('functions (worker threads)', (logicalId, properties, place) => {
    const name = read.text(properties, 'FunctionName') ?? logicalId;
    return { ref: name, attributes: { Arn: arn('lambda', place, `function:${name}`) } };
  }),
  'AWS::Lambda::EventSourceMapping': partOf('event sources'),
  'AWS::Lambda::EventInvokeConfig': partOf('functions'),
  'AWS::ApiGatewayV2::Api': emulated('gateway', (logicalId, _properties, { region }) => ({
    ref: logicalId.toLowerCase(),
    attributes: { ApiId: logicalId.toLowerCase(), ApiEndpoint: `https://${logicalId.toLowerCase()}.execute-api.${region}.amazonaws.com` },
  })),
  'AWS::ApiGatewayV2::Route': partOf('gateway'),
  'AWS::ApiGatewayV2::Integration': partOf('gateway'),
  'AWS::ApiGatewayV2::Stage': emulated('gateway', () => ({ ref: '$default', attributes: {} })),
  'AWS::CloudFront::Distribution': emulated('gateway', (logicalId, _properties, { distributionDomain }) => ({
    ref: logicalId,
    attributes: { DomainName: distributionDomain, Id: logicalId },
  })),
  'AWS::CloudFront::ResponseHeadersPolicy': emulated('gateway', (logicalId) => ({ ref: logicalId, attributes: { Id: logicalId } })),
  'AWS::CloudFront::Function': emulated('gateway', (logicalId, properties, { accountId }) => {
    const functionArn = `arn:aws:cloudfront::${accountId}:function/${read.text(properties, 'Name') ?? logicalId}`;
    return { ref: functionArn, attributes: { FunctionARN: functionArn, 'FunctionMetadata.FunctionARN': functionArn } };
  }),
  'AWS::Scheduler::Schedule': emulated('schedules', (logicalId, properties, place) => {
    const name = read.text(properties, 'Name') ?? logicalId;
    return { ref: name, attributes: { Arn: arn('scheduler', place, `schedule/default/${name}`) } };
  }),
  'AWS::Scheduler::ScheduleGroup': emulated('schedules', (logicalId, properties, place) => {
    const name = read.text(properties, 'Name') ?? logicalId;
    return { ref: name, attributes: { Arn: arn('scheduler', place, `schedule-group/${name}`) } };
  }),
  'AWS::SES::ConfigurationSet': emulated('local SES', (logicalId, properties) => ({
    ref: read.text(properties, 'Name') ?? logicalId,
    attributes: {},
  })),
  'AWS::SES::ConfigurationSetEventDestination': partOf('local SES'),
  'AWS::SES::EmailIdentity': emulated('local SES', (_logicalId, properties) => {
    const identity = read.text(properties, 'EmailIdentity') ?? '';
    const dkim = [1, 2, 3].flatMap((n) => [
      [`DkimDNSTokenName${n}`, `local${n}._domainkey.${identity}`],
      [`DkimDNSTokenValue${n}`, `local${n}.dkim.amazonses.com`],
    ]);
    return { ref: identity, attributes: Object.fromEntries(dkim) };
  }),
  'AWS::Cognito::UserPool': emulated('issuer', (logicalId, _properties, place) => {
    const id = `${place.region}_${logicalId.replace(/[^A-Za-z0-9]/g, '').slice(0, 20)}`;
    return {
      ref: id,
      attributes: {
        UserPoolId: id,
        Arn: arn('cognito-idp', place, `userpool/${id}`),
        ProviderName: `cognito-idp.${place.region}.amazonaws.com/${id}`,
        ProviderURL: `https://cognito-idp.${place.region}.amazonaws.com/${id}`,
      },
    };
  }),
  'AWS::Cognito::UserPoolClient': emulated('issuer', (logicalId) => {
    const id = `local${logicalId.toLowerCase()}`;
    return { ref: id, attributes: { ClientId: id, Name: id } };
  }),
  'AWS::Cognito::UserPoolDomain': emulated('issuer', (logicalId, properties) => ({
    ref: read.text(properties, 'Domain') ?? logicalId.toLowerCase(),
    attributes: {},
  })),

  'AWS::Cognito::ManagedLoginBranding': withoutEffect('the sign-in page here is the local issuer’s own'),
  'AWS::CloudFront::OriginAccessControl': withoutEffect('CloudFront signs what it asks a bucket for; no bucket here asks for a signature'),
  'AWS::CloudFront::CachePolicy': withoutEffect('nothing is cached here, so that a change is seen at once'),
  'AWS::CloudFront::OriginRequestPolicy': withoutEffect(
    'every header, cookie and query is passed on; `Host` and the viewer’s address as in AWS',
  ),
  'AWS::S3::BucketPolicy': partOf(access),
  'AWS::SQS::QueuePolicy': partOf(access),
  'AWS::SNS::TopicPolicy': partOf(access),
  'AWS::Lambda::Permission': partOf(access),
  'AWS::IAM::Role': emulated(access, (logicalId, _properties, { accountId }) => ({
    ref: logicalId,
    attributes: { Arn: `arn:aws:iam::${accountId}:role/${logicalId}`, RoleId: logicalId },
  })),
  'AWS::IAM::Policy': partOf(access),
  'AWS::KMS::Key': withoutEffect('nothing is encrypted here: the data stays in this folder'),
  'AWS::KMS::Alias': withoutEffect('nothing is encrypted here: the data stays in this folder'),
  'AWS::Logs::LogGroup': withoutEffect('logs go to `.periodical/logs/`'),
  'AWS::Logs::MetricFilter': withoutEffect(noAlarms),
  'AWS::Logs::QueryDefinition': withoutEffect('logs go to `.periodical/logs/`'),
  'AWS::CloudWatch::Alarm': withoutEffect(noAlarms),
  'AWS::CloudWatch::CompositeAlarm': withoutEffect(noAlarms),
  'AWS::CloudWatch::Dashboard': withoutEffect(noAlarms),
  'AWS::Budgets::Budget': withoutEffect('nothing costs anything here'),
  'AWS::CDK::Metadata': withoutEffect('it tells AWS which CDK version was used'),
};

/** The entry of a type, or an error that says what to do about one that nobody has thought about. */
export function resourceType(type: string, logicalId: string): ResourceType {
  const known = resourceTypes[type];
  if (known) return known;
  throw new Error(
    `${logicalId} is an ${type}, which the local run does not know. Emulate it, or say in infra/local/resource-types.ts why it has no effect here.`,
  );
}
