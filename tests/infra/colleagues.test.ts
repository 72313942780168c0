import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiKeyStore } from '../../functions/access/api-key-store.ts';
import { authenticate } from '../../functions/access/authenticate.ts';
import { PrincipalStore } from '../../functions/access/principal-store.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { synthesized } from '../support/synthesized.ts';

const app = await synthesized();
const sub = '1c5e3f00-0000-4000-8000-00000000abcd';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

/** A shell in which `aws` says what it was called with, or answers the one question about the user pool. */
const bin = mkdtempSync(join(tmpdir(), 'aws-'));
writeFileSync(join(bin, 'aws'), `#!/bin/sh\nif [ "$2" = admin-get-user ]; then echo ${sub}; else printf '%s\\0' "$@"; fi\n`);
chmodSync(join(bin, 'aws'), 0o755);

/** An output as a person would paste it into a shell, and what the AWS CLI is then asked to do. */
function pasted(output: string) {
  const { Value } = app.template.findOutputs(output)[output] as { Value: { 'Fn::Join': [string, unknown[]] } };
  const command = Value['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'resource')).join('');
  const said = execFileSync('sh', ['-c', command], { encoding: 'utf8', env: { PATH: `${bin}:${process.env.PATH}` } });
  const [service, operation, ...options] = said.split('\0').slice(0, -1);
  const option = (name: string) => options[options.indexOf(`--${name}`) + 1] ?? '';
  return { what: `${service} ${operation}`, option, json: (name: string) => JSON.parse(option(name)) };
}

async function update(output: string) {
  const { what, option, json } = pasted(output);
  expect(what).toBe('dynamodb update-item');
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: json('key'),
      UpdateExpression: option('update-expression'),
      ...(output === 'GiveRole'
        ? { ExpressionAttributeNames: json('expression-attribute-names') }
        : { ConditionExpression: option('condition-expression') }),
      ExpressionAttributeValues: json('expression-attribute-values'),
    }),
  );
}

const arrive = (signedInAt = new Date(Date.now() - 60_000)) =>
  authenticate('Bearer token', {
    principals: new PrincipalStore(table),
    verifyToken: async () => ({ sub, signedInAt }),
    signedInAddress: async () => 'ada@example.org',
    apiKeys: new ApiKeyStore(table),
    now: () => new Date(),
  });

test('nobody is an owner until the command of the outputs makes them one, and the next ones end sign-ins and take the role', async () => {
  await expect(arrive()).rejects.toMatchObject({ code: 'not_a_colleague' });

  await update('GiveRole');
  expect(await arrive()).toMatchObject({ id: sub, role: 'owner', name: 'ada@example.org' });

  await update('EndSessions');
  await expect(arrive()).rejects.toMatchObject({ code: 'sign_in_ended' });
  expect(await arrive(new Date(Date.now() + 60_000))).toMatchObject({ role: 'owner' });

  const { what, json } = pasted('TakeRole');
  expect(what).toBe('dynamodb delete-item');
  await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: json('key') }));
  await expect(arrive(new Date(Date.now() + 60_000))).rejects.toMatchObject({ code: 'not_a_colleague' });
});

test('a new colleague is made by an administrator, with a verified address', () => {
  const { what, option } = pasted('NewColleague');

  expect(what).toBe('cognito-idp admin-create-user');
  expect(option('username')).toBe('YOU@EXAMPLE.ORG');
});
