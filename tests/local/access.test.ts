import { expect, test } from 'vitest';
import { Access } from '../../infra/local/access/access.ts';
import { Grants } from '../../infra/local/access/grants.ts';
import { LocalStack } from '../../infra/local/local-stack.ts';
import type { Template } from '../../infra/local/template.ts';
import { place } from './place.ts';
import { resource, route, startSmallApp } from './small-app.ts';

const statement = (actions: unknown, resources: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...more,
});
const policy = (...Statement: object[]) => resource('AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement } });
const stackOf = (Resources: Template['Resources']) =>
  new LocalStack({ Resources: { Role: resource('AWS::IAM::Role'), ...Resources } }, place);
const grantsOf = (...statements: object[]) => new Grants(stackOf({ Policy: policy(...statements) }));
const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Readers';

function mayRole(grants: Grants, action: string, resource: string, context: Record<string, string> = {}): boolean {
  try {
    grants.judge('Role', { action, resource, context });
    return true;
  } catch {
    return false;
  }
}

test('a role may what a statement allows, on the resource it names, and nothing else', () => {
  const grants = grantsOf(statement(['dynamodb:GetItem', 'dynamodb:Query'], table));

  expect(mayRole(grants, 'dynamodb:GetItem', table)).toBe(true);
  expect(mayRole(grants, 'dynamodb:Scan', table)).toBe(false);
  expect(mayRole(grants, 'dynamodb:Query', `${table}/index/open-batches`)).toBe(false);
  expect(() => grants.judge('Other', { action: 'dynamodb:GetItem', resource: table, context: {} })).toThrow(
    `Other is not authorized to perform: dynamodb:GetItem on resource: ${table}`,
  );
});

test.each([
  ['arn:aws:s3:::bucket/images/*', 'arn:aws:s3:::bucket/images/a/b.png', true],
  ['arn:aws:s3:::bucket/images/*', 'arn:aws:s3:::bucket/imports/a', false],
  ['arn:aws:s3:::bucket/*/b.png', 'arn:aws:s3:::bucket/a/b.png', true],
  ['arn:aws:s3:::bucket/ab*ba', 'arn:aws:s3:::bucket/aba', false],
  ['arn:aws:s3:::bucket/?', 'arn:aws:s3:::bucket/a', true],
  ['arn:aws:s3:::bucket/?', 'arn:aws:s3:::bucket/ab', false],
  ['*', 'anything', true],
])('%s means %s: %s', (pattern, named, isMeant) => {
  expect(mayRole(grantsOf(statement('s3:GetObject', pattern)), 's3:GetObject', named)).toBe(isMeant);
});

test('a condition on what the call does not have is not met, and a Deny decides', () => {
  const from = grantsOf(statement('ses:SendRawEmail', '*', { Condition: { StringEquals: { 'ses:FromAddress': 'a@example.org' } } }));
  const denied = grantsOf(statement('s3:*', '*'), { ...statement('s3:DeleteObject', '*'), Effect: 'Deny' });

  expect(mayRole(from, 'ses:SendRawEmail', 'x', { 'ses:fromaddress': 'a@example.org' })).toBe(true);
  expect(mayRole(from, 'ses:SendRawEmail', 'x', { 'ses:fromaddress': 'b@example.org' })).toBe(false);
  expect(mayRole(from, 'ses:SendRawEmail', 'x')).toBe(false);
  expect([mayRole(denied, 's3:GetObject', 'x'), mayRole(denied, 's3:DeleteObject', 'x')]).toEqual([true, false]);
});

test('what a policy says that is not known here stops the start', () => {
  expect(() => grantsOf(statement('s3:*', '*', { Condition: { NumericLessThan: { 's3:max-keys': '1' } } }))).toThrow('NumericLessThan');
  expect(() => grantsOf({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' })).toThrow('NotAction');
});

test('a grant is used once a call was allowed by it', () => {
  const grants = grantsOf(statement(['dynamodb:GetItem', 'dynamodb:Query'], table), statement('sqs:SendMessage', '*'));
  mayRole(grants, 'dynamodb:GetItem', table);

  expect(grants.all().map(({ unused }) => unused)).toEqual([['dynamodb:Query'], ['sqs:SendMessage']]);
});

const connected = (queuePolicy: object) => ({
  Events: resource('AWS::SNS::Topic'),
  Queue: resource('AWS::SQS::Queue'),
  Subscription: resource('AWS::SNS::Subscription', {
    Protocol: 'sqs',
    TopicArn: { Ref: 'Events' },
    Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
  }),
  QueuePolicy: resource('AWS::SQS::QueuePolicy', { PolicyDocument: { Statement: [queuePolicy] } }),
});

test('a subscription whose queue does not let the topic in stops the start', () => {
  const lets = (source: string) => ({
    ...statement('sqs:SendMessage', { 'Fn::GetAtt': ['Queue', 'Arn'] }),
    Principal: { Service: 'sns.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': source } },
  });
  const start = (source: string) => new Access(stackOf(connected(lets(source))), () => {});

  expect(() => start('arn:aws:sns:us-east-1:000000000000:Events')).not.toThrow();
  expect(() => start('arn:aws:sns:us-east-1:000000000000:Others')).toThrow(
    'sns.amazonaws.com is not authorized to perform: sqs:SendMessage',
  );
});

test('a denied call is refused, kept and told; what this process does itself is not judged', () => {
  const told: string[] = [];
  const access = new Access(stackOf({}), (line) => told.push(line));

  access.object('local', 'GET', 'bucket', 'a');
  access.object(undefined, 'GET', 'bucket', 'a');
  expect(() => access.object('Role', 'GET', 'bucket', 'a')).toThrow('s3:GetObject');
  expect(access.denied).toEqual(['Role is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::bucket/a']);
  expect(told).toEqual([`IAM: ${access.denied[0]}`]);
});

const asking = `
const ask = (target, body) => fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
  method: 'POST',
  headers: {
    authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20261130/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    'content-type': 'application/x-amz-json-1.0', 'x-amz-date': '20261130T000000Z', 'x-amz-target': 'DynamoDB_20120810.' + target,
  },
  body: JSON.stringify(body),
}).then(async (answer) => ({ status: answer.status, body: await answer.text() }));
export const handler = async () => ({
  allowed: await ask('GetItem', { TableName: process.env.TABLE, Key: { pk: { S: 'a' } } }),
  denied: await ask('Scan', { TableName: process.env.TABLE }),
});`;

test('in a run a function gets what its role allows, DynamoDB’s own refusal for the rest, and both can be looked at', async () => {
  const readers = { 'Fn::GetAtt': ['Readers', 'Arn'] };
  const run = await startSmallApp({
    functions: { Reader: asking },
    resources: {
      ...route('$default', 'Reader'),
      Role: resource('AWS::IAM::Role'),
      Policy: policy(statement('dynamodb:GetItem', readers), statement('dynamodb:PutItem', readers)),
      Readers: resource('AWS::DynamoDB::GlobalTable', {
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      }),
    },
    properties: { Reader: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Environment: { Variables: { TABLE: { Ref: 'Readers' } } } } },
  });
  const answered = (await (await fetch(run.origin)).json()) as Record<string, { status: number; body: string }>;
  const { access } = (await (await fetch(`${run.origin}/_local/aws`)).json()) as {
    access: { judged: number; denied: string[]; grants: { unused: string[] }[] };
  };
  await run.stop();

  expect(answered.allowed).toEqual({ status: 200, body: '{}' });
  expect(answered.denied?.status).toBe(400);
  expect(answered.denied?.body).toContain('AccessDeniedException');
  expect(access.denied).toEqual([`Role is not authorized to perform: dynamodb:Scan on resource: ${table}`]);
  expect(access.grants.map(({ unused }) => unused)).toEqual([[], ['dynamodb:PutItem']]);
});
