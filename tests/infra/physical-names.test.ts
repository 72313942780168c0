import { expect, test } from 'vitest';
import type { Settings } from '../../functions/settings/settings.ts';
import { loadSettings } from '../../infra/settings.ts';
import { stackWith, synthesized } from '../support/synthesized.ts';
import { type PhysicalName, physicalNames, unknownNames } from './physical-names.ts';

const app = await synthesized();
const shipped = loadSettings();
const templateOf = (changes: Partial<Settings>) => stackWith({ ...shipped, ...changes }, app.bundles).template.toJSON() as never;

const production = templateOf({});
const staging = {
  stage: 'staging',
  publicHost: 'staging.example.org',
  existing: { identities: ['news.example.org', 'confirm.example.org'] },
};

/** Names that are in both, as far as `reach` goes. */
const shared = (one: PhysicalName[], other: PhysicalName[], ...reach: PhysicalName['reach'][]) =>
  one
    .filter((mine) => reach.includes(mine.reach) && other.some(({ type, name }) => type === mine.type && name === mine.name))
    .map(({ type, name }) => `${type} ${name}`);

test('every name in the template is known as one that must be unique, or as one that need not be', () => {
  expect(unknownNames(production)).toEqual([]);
  expect(physicalNames(production).length).toBeGreaterThan(20);
});

test.each([
  ['staging beside production', staging],
  ['two newsletters', { ...staging, stage: 'production', stackName: 'Harbour' }],
])('%s in one region of one account share no name', (_what, changes: Partial<Settings>) => {
  const beside = templateOf(changes);

  expect(shared(physicalNames(production), physicalNames(beside), 'region', 'account', 'world')).toEqual([]);
});

test('one stack in two regions shares no name that an account has only once', () => {
  const abroad = templateOf({ region: 'eu-central-1', publicHost: 'eu.example.org' });

  expect(shared(physicalNames(production), physicalNames(abroad, { region: 'eu-central-1' }), 'account')).toEqual([]);
});

test('a stack can be made again while all that the deleted one left behind is still there', () => {
  const kept = new Set(
    Object.entries((production as { Resources: Record<string, { DeletionPolicy?: string }> }).Resources)
      .filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'))
      .map(([logicalId]) => logicalId),
  );

  const before = physicalNames(production, { stackId: '11111111' }).filter(({ logicalId }) => kept.has(logicalId));
  const after = physicalNames(production, { stackId: '22222222' });

  expect(before.length).toBeGreaterThan(3);
  // The owner’s guide says so: the old distribution has to give up its host first.
  expect(shared(before, after, 'region', 'account', 'world')).toEqual(['AWS::CloudFront::Distribution news.example.org']);
});

test('CloudFront and Cognito take the longest names that the settings allow', () => {
  const longest = templateOf({ stackName: 'A'.repeat(20), stage: 'b'.repeat(10) });

  for (const { type, name } of physicalNames(longest, { region: 'ap-southeast-1' })) {
    if (type.startsWith('AWS::CloudFront::') && type !== 'AWS::CloudFront::Distribution') expect(name).toMatch(/^[\w-]{1,64}$/);
    if (type === 'AWS::Cognito::UserPoolDomain') expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
  }
});

/** What CloudFormation would make although it is there already: it makes what is new before it deletes what is gone. */
function madeTwice(before: PhysicalName[], after: PhysicalName[]): string[] {
  const isNew = ({ logicalId, name }: PhysicalName) => !before.some((old) => old.logicalId === logicalId && old.name === name);
  return shared(after.filter(isNew), before, 'region', 'account', 'world');
}

test('a sender’s domain may change, two may be exchanged or become one: nothing is made that is there already', () => {
  const domains = ['news.example.org', 'confirm.example.org', 'post.example.org'];
  const senders = domains.flatMap((digests) => domains.map((confirmations) => [`a@${digests}`, `b@${confirmations}`] as const));
  const names = senders.map(([digests, confirmations]) =>
    physicalNames(
      templateOf({
        sender: { ...shipped.sender, address: digests },
        confirmationSender: { ...shipped.confirmationSender, address: confirmations },
      }),
    ),
  );

  const twice = names.flatMap((before) => names.flatMap((after) => madeTwice(before, after)));

  expect(names).toHaveLength(9);
  expect(twice).toEqual([]);
});

test('an identity that SES has already is sent from and left as it is', () => {
  const adopting = stackWith({ ...shipped, existing: { identities: ['news.example.org'] } }, app.bundles);

  const identities = adopting.resources('AWS::SES::EmailIdentity').map(([, { Properties }]) => Properties.EmailIdentity);
  const resources = adopting
    .resources('AWS::IAM::Policy')
    .map(([, { Properties }]) => JSON.stringify(Properties.PolicyDocument))
    .filter((policy) => policy.includes('ses:SendRawEmail') && policy.includes('weekly@'));

  expect(identities).toEqual(['confirm.example.org']);
  expect(resources).toHaveLength(3);
  for (const policy of resources) expect(policy).toContain(':identity/*"');
  expect(Object.keys(adopting.template.findOutputs('*')).filter((id) => /^DnsSender\d+Dkim1$/.test(id))).toHaveLength(1);
});
