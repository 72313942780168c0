// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is CloudFormation's own notation
import { expect, test } from 'vitest';
import { LocalStack } from '../../infra/local/local-stack.ts';
import { resourceTypes } from '../../infra/local/resource-types.ts';
import type { Template } from '../../infra/local/template.ts';
import { place } from './place.ts';
import { resource } from './small-app.ts';

const stackOf = (Resources: Template['Resources'], more: Partial<Template> = {}) => new LocalStack({ Resources, ...more }, place);

test('a type nobody has thought about stops the start and is named', () => {
  expect(() => stackOf({ Cache: resource('AWS::ElastiCache::CacheCluster') })).toThrow(
    'Cache is an AWS::ElastiCache::CacheCluster, which the local run does not know.',
  );
});

test('every type is either emulated or says why it has no effect', () => {
  for (const [type, entry] of Object.entries(resourceTypes)) {
    const words = 'emulatedBy' in entry ? entry.emulatedBy : entry.withoutEffect;
    expect(words.length, type).toBeGreaterThan(5);
  }
});

test('a queue’s Ref is its address, its Arn names it', () => {
  const stack = stackOf({ Batches: resource('AWS::SQS::Queue', { QueueName: { 'Fn::Join': ['-', ['deliver', 'batches']] } }) });

  expect(stack.identity('Batches')).toMatchObject({
    ref: 'http://127.0.0.1:4566/000000000000/deliver-batches',
    attributes: { Arn: 'arn:aws:sqs:us-east-1:000000000000:deliver-batches' },
  });
});

test('links lead to this machine without a certificate, and sign-in to the local issuer', () => {
  const stack = stackOf({
    Distribution: resource('AWS::CloudFront::Distribution'),
    Function: resource('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          PUBLIC_ORIGIN: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Distribution', 'DomainName'] }]] },
          SIGN_IN_ORIGIN: { 'Fn::Sub': 'https://periodical-${AWS::AccountId}.auth.${AWS::Region}.amazoncognito.com' },
          ELSEWHERE: 'https://example.org/',
        },
      },
    }),
  });

  expect(stack.resource('Function').properties.Environment).toEqual({
    Variables: {
      PUBLIC_ORIGIN: 'http://localhost:3000',
      SIGN_IN_ORIGIN: 'http://localhost:3000/_local/issuer',
      ELSEWHERE: 'https://example.org/',
    },
  });
});

test('a resource whose condition does not hold is not there', () => {
  const never = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
  const stack = stackOf({ Queue: { ...resource('AWS::SQS::Queue'), Condition: 'Never' } }, never);

  expect(stack.ofType('AWS::SQS::Queue')).toEqual([]);
});

test('an attribute the local run does not know is named', () => {
  const stack = stackOf({
    Queue: resource('AWS::SQS::Queue'),
    Topic: resource('AWS::SNS::Topic', { DisplayName: { 'Fn::GetAtt': ['Queue', 'Colour'] } }),
  });

  expect(() => stack.resource('Topic')).toThrow('does not know the attribute Colour of Queue');
});
