// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is CloudFormation's own notation
import { expect, test } from 'vitest';
import { Intrinsics } from '../../infra/local/intrinsics.ts';
import type { Template } from '../../infra/local/template.ts';

const template: Template = {
  Resources: {},
  Parameters: { Bootstrap: { Default: '/cdk-bootstrap/version' }, Asked: {} },
  Mappings: { Zones: { east: { letter: 'a' } } },
  Conditions: {
    InEast: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    NotInEast: { 'Fn::Not': [{ Condition: 'InEast' }] },
    Either: { 'Fn::Or': [{ Condition: 'InEast' }, { Condition: 'NotInEast' }] },
    Both: { 'Fn::And': [{ Condition: 'InEast' }, { Condition: 'NotInEast' }] },
  },
};

const intrinsics = new Intrinsics(template, {
  ref: (logicalId) => `ref-${logicalId}`,
  attribute: (logicalId, name) => `${logicalId}.${name}`,
  pseudo: (name) => ({ 'AWS::Region': 'us-east-1' })[name],
});
const resolve = (value: unknown) => intrinsics.resolve(value);

test.each([
  [{ Ref: 'Queue' }, 'ref-Queue'],
  [{ Ref: 'AWS::Region' }, 'us-east-1'],
  [{ Ref: 'Bootstrap' }, '/cdk-bootstrap/version'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table.Arn'],
  [{ 'Fn::GetAtt': 'Table.Arn' }, 'Table.Arn'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 'b']] }, 'a-us-east-1-b'],
  [{ 'Fn::Sub': 'in ${AWS::Region}: ${Table.Arn}, ${Queue}, ${!Literal}' }, 'in us-east-1: Table.Arn, ref-Queue, ${Literal}'],
  [{ 'Fn::Sub': ['${name}!', { name: { Ref: 'Queue' } }] }, 'ref-Queue!'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  [{ 'Fn::Base64': 'text' }, 'dGV4dA=='],
  [{ 'Fn::FindInMap': ['Zones', 'east', 'letter'] }, 'a'],
  [{ 'Fn::If': ['InEast', 'here', 'there'] }, 'here'],
  [{ 'Fn::If': ['NotInEast', 'there', 'here'] }, 'here'],
  [{ 'Fn::If': ['Either', 1, 2] }, 1],
  [{ 'Fn::If': ['Both', 1, 2] }, 2],
])('%j is %j', (value, resolved) => {
  expect(resolve(value)).toEqual(resolved);
});

test('what is AWS::NoValue is left out', () => {
  const resolved = resolve({ kept: 1, gone: { Ref: 'AWS::NoValue' }, list: ['a', { 'Fn::If': ['Both', 'b', { Ref: 'AWS::NoValue' }] }] });

  expect(resolved).toEqual({ kept: 1, list: ['a'] });
});

test('an intrinsic function that nobody has taught the local run stops it', () => {
  expect(() => resolve({ 'Fn::ImportValue': 'other-stack' })).toThrow('does not know the intrinsic function Fn::ImportValue');
});

test('a parameter without a default stops it', () => {
  expect(() => resolve({ Ref: 'Asked' })).toThrow('parameter Asked has no default');
});
