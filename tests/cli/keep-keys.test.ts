import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { fakeNewsletter } from './fake-newsletter.ts';
import { periodical } from './run-periodical.ts';

async function account() {
  const { account: fake } = await fakeNewsletter();
  const made = new Map<string, string>();
  fake.aws
    .on(GetSecretValueCommand, ({ SecretId = '' }) => ({
      SecretString: SecretId.includes('IdentityKey') ? 'the identity' : '{"current":"k1"}',
    }))
    .on(CreateSecretCommand, ({ Name = '', SecretString = '' }) => {
      made.set(Name, SecretString);
      return { ARN: `arn:aws:secretsmanager:eu-central-1:318274659020:secret:${Name}-aB3dE6` };
    });
  return { fake, made };
}

const aFile = () => join(mkdtempSync(join(tmpdir(), 'periodical-keys-')), 'keys.json');

test('an owner keeps a sealed copy of the keys; with its code they are secrets again, which the settings adopt', async () => {
  const { fake, made } = await account();
  const file = aFile();

  const saved = await periodical({ typed: ['secrets', 'save', file, '--json'], account: fake });
  const { code } = saved.json() as { code: string };
  const brought = await periodical({
    typed: ['secrets', 'bring', file],
    account: fake,
    answers: [code.toLowerCase().replaceAll('-', ' ')],
  });

  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toMatch(/the identity|k1/);
  expect(readFileSync(file, 'utf8')).not.toContain(code);
  expect([...made.values()]).toEqual(['the identity', '{"current":"k1"}']);
  expect(brought.settings.existing).toEqual({
    identityKey: expect.stringContaining('Periodical-identity-key-'),
    tokenKeys: expect.stringContaining('Periodical-token-keys-'),
  });
});

test('another code opens nothing, a file is never overwritten, and nobody guesses a code that was not given', async () => {
  const { fake, made } = await account();
  const file = aFile();
  await periodical({ typed: ['secrets', 'save', file, '--json'], account: fake });

  const codes = ['wrong_code', 'no_code', 'keys_file_exists'];
  const runs = [
    ['bring', file, '--code', 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF', '--json'],
    ['bring', file, '--json'],
    ['save', file, '--json'],
  ];
  for (const [n, typed] of runs.entries())
    expect((await periodical({ typed: ['secrets', ...typed], account: fake })).json()).toMatchObject({ error: { code: codes[n] } });

  expect(made.size).toBe(0);
});
