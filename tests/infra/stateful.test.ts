import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { afterAll, expect, test } from 'vitest';
import { statefulLosses } from '../../infra/cli/stateful-losses.ts';
import { statefulTypes } from '../../infra/stateful-types.ts';
import { synthesized } from '../support/synthesized.ts';

const { resources } = await synthesized();
const folder = mkdtempSync(join(tmpdir(), 'periodical-stateful-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what holds data keeps its place in the template: another logical id would be another, empty resource', () => {
  const stateful = statefulTypes.flatMap((type) => resources(type).map(([logicalId]) => [logicalId, type]));

  expect(Object.fromEntries(stateful)).toEqual({
    Table710B521B: 'AWS::DynamoDB::GlobalTable',
    KeysIdentityKey98F65E13: 'AWS::SecretsManager::Secret',
    KeysTokenKeys7735149F: 'AWS::SecretsManager::Secret',
    KeysOriginKey8A692427: 'AWS::SecretsManager::Secret',
    IssuesImages16125EE1: 'AWS::S3::Bucket',
    IssuesUploads2F5DAF08: 'AWS::S3::Bucket',
    ListsBucket466A1045: 'AWS::S3::Bucket',
    SignInUserPoolA2C003D1: 'AWS::Cognito::UserPool',
    SiteDistribution390DED28: 'AWS::CloudFront::Distribution',
  });
});

test('secrets are generated as they were: CloudFormation makes another value when the generator changes', () => {
  const generators = resources('AWS::SecretsManager::Secret').map(([id, { Properties }]) => [id, Properties.GenerateSecretString]);

  const plain = { PasswordLength: 64, ExcludePunctuation: true };
  expect(Object.fromEntries(generators)).toEqual({
    KeysIdentityKey98F65E13: plain,
    KeysTokenKeys7735149F: { ...plain, SecretStringTemplate: '{"current":"k1"}', GenerateStringKey: 'k1' },
    KeysOriginKey8A692427: plain,
  });
});

type Parts = Record<string, { type: string; properties?: object; kept?: boolean }>;

/** A small app as an assembly, as `cdk synth` would leave it. */
function assemblyOf(name: string, parts: Parts) {
  const outdir = join(folder, name);
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Small');
  for (const [id, { type, properties = {}, kept }] of Object.entries(parts)) {
    const resource = new CfnResource(stack, id, { type, properties });
    resource.overrideLogicalId(id);
    resource.applyRemovalPolicy(kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  }
  app.synth();
  return { outdir, template: join(outdir, 'Small.template.json') };
}

const key = (attribute: string) => ({
  AttributeDefinitions: [{ AttributeName: attribute, AttributeType: 'S' }],
  KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' }],
  Replicas: [{ Region: 'us-east-1' }],
});
const before: Parts = {
  Readers: { type: 'AWS::DynamoDB::GlobalTable', properties: key('pk'), kept: true },
  Pictures: { type: 'AWS::S3::Bucket', properties: { BucketName: 'pictures' } },
  Lists: { type: 'AWS::S3::Bucket' },
  Key: { type: 'AWS::SecretsManager::Secret', properties: { GenerateSecretString: { PasswordLength: 64 } } },
  Queue: { type: 'AWS::SQS::Queue', properties: { QueueName: 'work' } },
};
const deployed = assemblyOf('before', before);

function check(name: string, after: Parts) {
  const { outdir } = assemblyOf(name, after);
  const script = join(import.meta.dirname, '../../infra/cli/check-replacements.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, deployed.template, '--assembly', outdir], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('a change that replaces, deletes or generates again what holds data fails, and is told with its logical id', () => {
  const { status, said } = check('losing', {
    ...before,
    Readers: { type: 'AWS::DynamoDB::GlobalTable', properties: key('id') },
    Pictures: { type: 'AWS::S3::Bucket', properties: { BucketName: 'images' } },
    // The same under another id, and something else under its own.
    Lists: { type: 'AWS::SQS::Queue' },
    NewLists: { type: 'AWS::S3::Bucket' },
    Key: { type: 'AWS::SecretsManager::Secret', properties: { GenerateSecretString: { PasswordLength: 32 } } },
  });

  expect(status).toBe(1);
  expect(said.trim().split('\n').sort()).toEqual([
    'Key (AWS::SecretsManager::Secret) would get another value, because its generator changes.',
    'Lists (AWS::S3::Bucket) would be replaced by an empty one.',
    'Pictures (AWS::S3::Bucket) would be replaced by an empty one.',
    'Readers (AWS::DynamoDB::GlobalTable) would be replaced by an empty one.',
  ]);
});

test('what is taken out of the template fails, whether it would be deleted or only given up', () => {
  const { Lists: _lists, Readers: _readers, ...rest } = before;

  const { status, said } = check('fewer', rest);

  expect(status).toBe(1);
  expect(said.trim().split('\n').sort()).toEqual([
    'Lists (AWS::S3::Bucket) would be deleted.',
    'Readers (AWS::DynamoDB::GlobalTable) would leave the stack, and be kept where nothing finds it.',
  ]);
});

test('a change that loses no data passes, also if it replaces what holds none', () => {
  const { status, said } = check('harmless', {
    ...before,
    Lists: { type: 'AWS::S3::Bucket', properties: { Tags: [{ Key: 'stage', Value: 'production' }] } },
    Key: { type: 'AWS::SecretsManager::Secret', properties: { GenerateSecretString: { PasswordLength: 64 }, Description: 'a key' } },
    Queue: { type: 'AWS::SQS::Queue', properties: { QueueName: 'other' } },
    Uploads: { type: 'AWS::S3::Bucket' },
  });

  expect({ status, said }).toEqual({ status: 0, said: 'Nothing that holds data would be lost.\n' });
});

test('a template that cannot be compared is no template without losses', () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, 'no JSON');
  const script = join(import.meta.dirname, '../../infra/cli/check-replacements.ts');

  const { status } = spawnSync(process.execPath, [script, broken, '--assembly', deployed.outdir], { encoding: 'utf8' });

  expect(status).toBe(1);
  expect(() => statefulLosses('Nothing I know', { Resources: {} })).toThrow('not what `cdk diff` says');
});

test('CI asks this of every pull request', () => {
  const workflow = readFileSync('.github/workflows/check.yml', 'utf8');

  expect(workflow).toContain("if: github.event_name == 'pull_request'");
  expect(workflow).toContain('node infra/cli/check-replacements.ts ../before/cdk.out/Periodical.template.json');
});
