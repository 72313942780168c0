import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { synthesizeApp } from '../../infra/newsletter-app.ts';
import { loadSettings } from '../../infra/settings.ts';
import { stackNameOf } from '../../infra/stack-name.ts';
import type { Resource } from '../support/synthesized.ts';

const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:318274659020:secret:${name}-aB3dE6`;
const existing = {
  identities: [],
  table: 'Harbour-restored',
  identityKey: secret('identity'),
  tokenKeys: secret('tokens'),
  images: 'harbour-images',
};

const outdir = await mkdtemp(join(tmpdir(), 'periodical-adopted-'));
afterAll(() => rm(outdir, { recursive: true, force: true }));
const settings = { ...loadSettings(), existing };
const { template } = (await synthesizeApp({ settings, outdir })).getStackByName(stackNameOf(settings));
const resources = Object.entries(template.Resources as Record<string, Resource>);
const ofType = (type: string) => resources.filter(([, { Type }]) => Type === type);

test('what settings adopt, the stack makes no other of; its functions read and write what was there', () => {
  expect(ofType('AWS::DynamoDB::GlobalTable')).toEqual([]);
  expect(ofType('AWS::SecretsManager::Secret').map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['KeysOriginKey']);
  expect(ofType('AWS::S3::Bucket').filter(([id]) => id.includes('Images'))).toEqual([]);
  const environments = ofType('AWS::Lambda::Function').map(
    ([, { Properties }]) => (Properties.Environment as { Variables: Record<string, unknown> }).Variables,
  );
  for (const [name, value] of Object.entries({
    TABLE_NAME: existing.table,
    IDENTITY_KEY_SECRET: existing.identityKey,
    TOKEN_KEYS_SECRET: existing.tokenKeys,
    IMAGES_BUCKET: existing.images,
  }))
    expect(new Set(environments.flatMap((each) => (name in each ? [each[name]] : []))), name).toEqual(new Set([value]));
  const policies = JSON.stringify(ofType('AWS::IAM::Policy'));
  for (const name of [`table/${existing.table}`, existing.identityKey, existing.tokenKeys, `${existing.images}/images/*`])
    expect(policies).toContain(name);
  expect(template.Outputs.TableName.Value).toBe(existing.table);
});

test('an adopted bucket lets this distribution read, and nobody without encryption on the way', () => {
  const policies = ofType('AWS::S3::BucketPolicy').filter(([, { Properties }]) => Properties.Bucket === existing.images);

  const text = JSON.stringify(policies);
  expect(policies).toHaveLength(1);
  expect(policies[0]?.[1].DeletionPolicy).toBe('RetainExceptOnCreate');
  expect(text).toContain('cloudfront.amazonaws.com');
  expect(text).toContain('AWS:SourceArn');
  expect(text).toContain('"aws:SecureTransport":"false"');
});
