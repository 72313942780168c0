import { expect, test } from 'vitest';
import { functionEntries } from '../../infra/bundling/functions.ts';
import { deadLetterQueues } from '../../infra/cli/checks/stack-checks.ts';
import { outputOfLog } from '../../infra/cli/commands/logs.ts';
import { dnsRecords } from '../../infra/cli/deployment/dns-records.ts';
import { stackOutputs, stackResources } from '../cli/fake-cdk.ts';
import { synthesized } from '../support/synthesized.ts';

/** The command line reads a deployed stack by names; its own tests use a fake, which must have those of the template. */
const app = await synthesized();
const outputs = Object.fromEntries(Object.entries(app.template.findOutputs('*')).map(([key, { Value }]) => [key, Value]));

test('every output of the fake is one of the template', () => {
  expect(Object.keys(stackOutputs).filter((key) => !(key in outputs))).toEqual([]);
  for (const name of [...Object.keys(functionEntries), 'access']) expect(outputs).toHaveProperty(outputOfLog(name));
});

test('every output about DNS is a record that the command line can read', () => {
  const told = Object.keys(outputs).filter((key) => key.startsWith('Dns'));
  const read = dnsRecords({ outputs: Object.fromEntries(told.map((key) => [key, inWords(outputs[key])])) });

  expect(read).toHaveLength(told.length);
  expect(read.filter(({ isPublicHost }) => isPublicHost)).toHaveLength(1);
  expect(read.filter(({ isDmarc }) => isDmarc).map(({ value }) => value)).toEqual(
    Array(2).fill('"v=DMARC1; p=none; rua=mailto:editors@example.org"'),
  );
});

test('resources are found by their type, and by a part of their name where there are several', () => {
  const ofType = (type: string) => app.resources(type).map(([logicalId]) => logicalId);

  expect(stackResources.filter(({ type }) => ofType(type).length === 0)).toEqual([]);
  for (const type of [
    'AWS::SES::ConfigurationSet',
    'AWS::Scheduler::ScheduleGroup',
    'AWS::Cognito::UserPool',
    'AWS::CloudFront::Distribution',
  ])
    expect(ofType(type), type).toHaveLength(1);
  expect(ofType('AWS::SNS::Topic').filter((id) => id.startsWith('Alarms'))).toHaveLength(1);
  expect(ofType('AWS::SecretsManager::Secret').filter((id) => id.includes('IdentityKey'))).toHaveLength(1);
  expect(ofType('AWS::SecretsManager::Secret').filter((id) => id.includes('TokenKeys'))).toHaveLength(1);
  expect(ofType('AWS::S3::Bucket').filter((id) => id.includes('Lists'))).toHaveLength(1);
  expect(app.only('AWS::Scheduler::Schedule', ({ Name }) => Name === 'weekly-digest')).toBeDefined();
});

test('dead letters are known by the function that could not handle them', () => {
  const workers = deadLetterQueues({ outputs: stackOutputs }).map(({ worker }) => worker);

  expect(workers.filter((worker) => !(worker in functionEntries))).toEqual([]);
  expect(
    deadLetterQueues({ outputs: outputs as Record<string, string> })
      .map(({ worker }) => worker)
      .sort(),
  ).toEqual(workers.sort());
});

/** A value with its references named, as CloudFormation would fill them in. */
function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[kind = '', of] = []] = Object.entries(value as object);
  if (kind === 'Fn::Join') return (of as [string, unknown[]])[1].map(inWords).join((of as [string, unknown[]])[0]);
  return 'filled-in';
}
