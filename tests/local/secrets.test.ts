import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { Access } from '../../infra/local/access/access.ts';
import { DataFolder } from '../../infra/local/data-folder.ts';
import { AwsEndpoint } from '../../infra/local/emulators/aws-endpoint.ts';
import { Secrets } from '../../infra/local/emulators/secrets.ts';
import type { LocalSes } from '../../infra/local/emulators/ses/local-ses.ts';
import { LocalStack } from '../../infra/local/local-stack.ts';
import { place } from './place.ts';
import { resource } from './small-app.ts';

const stack = new LocalStack(
  {
    Resources: {
      Key: resource('AWS::SecretsManager::Secret', { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } }),
      Ring: resource('AWS::SecretsManager::Secret', {
        GenerateSecretString: { SecretStringTemplate: '{"current":"k1"}', GenerateStringKey: 'k1', PasswordLength: 20 },
      }),
    },
  },
  place,
);
const secretOf = (secrets: Secrets, logicalId: string) => secrets.answer(stack.identity(logicalId).ref)?.SecretString ?? '';

test('a secret is generated as the template says, and every run finds the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));

  const first = new Secrets(stack, new DataFolder(folder));
  const second = new Secrets(stack, new DataFolder(folder));

  expect(secretOf(first, 'Key')).toMatch(/^[A-Za-z0-9]{64}$/);
  expect(JSON.parse(secretOf(first, 'Ring'))).toEqual({ current: 'k1', k1: expect.stringMatching(/^.{20}$/) });
  expect(secretOf(second, 'Key')).toBe(secretOf(first, 'Key'));
});

test('a reference to a secret becomes its text, as at a deployment; one to a secret that is not there stops the start', () => {
  const secrets = new Secrets(stack, new DataFolder());
  const reference = (arn: string) => `{{resolve:secretsmanager:${arn}:SecretString:::}}`;

  expect(secrets.reveal(reference(stack.identity('Key').ref))).toBe(secretOf(secrets, 'Key'));
  expect(secrets.reveal('plain')).toBe('plain');
  expect(() => secrets.reveal(reference('arn:aws:secretsmanager:us-east-1:000000000000:secret:Other'))).toThrow(/does not have/);
});

test('the SDK reads a secret, and is told of one that is not there', async () => {
  const secrets = new Secrets(stack, new DataFolder());
  const endpoint = await AwsEndpoint.start();
  endpoint.serve({ secrets, ses: {} as LocalSes, access: new Access(stack, () => {}) });
  const client = new SecretsManagerClient({
    endpoint: endpoint.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const get = (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));

  expect((await get(stack.identity('Key').ref)).SecretString).toBe(secretOf(secrets, 'Key'));
  await expect(get('arn:other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await endpoint.close();
});
