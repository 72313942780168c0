import { ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DeleteTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, type GetObjectCommandOutput, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterEach, expect, test } from 'vitest';
import { newApiKey } from '../../functions/access/api-key.ts';
import { ApiKeyStore } from '../../functions/access/api-key-store.ts';
import { PrincipalStore } from '../../functions/access/principal-store.ts';
import { Breaker } from '../../functions/mail/breaker.ts';
import { Table } from '../../functions/platform/table.ts';
import { copyDepartures } from '../../functions/restores/copy-departures.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { WebhookStore } from '../../functions/webhooks/webhook-store.ts';
import { Tables } from '../../infra/local/emulators/tables.ts';
import { id, later } from '../restores/two-tables.ts';
import { createTable } from '../support/dynamodb.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { actor } from '../support/people.ts';
import { stackOutputs } from './fake-cdk.ts';
import { fakeNewsletter } from './fake-newsletter.ts';
import { FakeTables } from './fake-tables.ts';
import { ownSettings, periodical, type Run } from './run-periodical.ts';

const lost = stackOutputs.TableName ?? '';
const joinedAt = new Date('2026-11-01T09:00:00Z');
const moment = new Date('2026-12-02T00:00:00Z');
const identityKey = 'an identity key';
const credentials = { accessKeyId: 'a', secretAccessKey: 'a' };

let close: (() => Promise<unknown>) | undefined;
afterEach(() => close?.());

/** A deployed newsletter with five readers, a backup of the moment, and two who have left since. */
async function newsletterWithPast() {
  const { account, fetch } = await fakeNewsletter();
  const behind = await Tables.start();
  close = () => behind.close();
  const client = new DynamoDBClient({ endpoint: behind.endpoint, region: 'eu-central-1', credentials });
  const tables = new FakeTables(() => client);
  account.aws.dynamodb = tables.client;
  await createTable(client, lost);
  const table = new Table(client, lost);
  const subscribers = new SubscriberStore(table);
  for (const name of ['ada', 'bo', 'cy', 'di', 'eve'])
    await subscribers.addConfirmed({ id: id(name), address: `${name}@example.org`, locale: 'en', topics: [] }, joinedAt);
  const apiKeys = new ApiKeyStore(table);
  const { id: keyId, hash } = newApiKey();
  await apiKeys.create({
    id: keyId,
    hash,
    name: 'Git push',
    scopes: ['issues:write'],
    by: actor('ada'),
    createdAt: joinedAt.toISOString(),
  });
  await new PrincipalStore(table).giveRole('sub-of-eve', 'owner');
  await new WebhookStore(table).create({
    id: 'crm',
    name: 'CRM',
    url: 'https://crm.example.org/hook',
    events: ['reader.left'],
    withAddresses: true,
    active: true,
    failures: 0,
    by: actor('ada'),
    createdAt: joinedAt.toISOString(),
  });
  const backup = await tables.keep(lost, moment);
  await subscribers.unsubscribe(id('ada'), later, 'one-click');
  await subscribers.suppress(id('bo'), 'complaint', later);

  const files = new MemoryFiles();
  account.aws
    .on(GetSecretValueCommand, () => ({ SecretString: identityKey }))
    .on(ListUsersCommand, () => ({ Users: [{ Attributes: [{ Name: 'sub', Value: 'sub-of-eve' }] }] }))
    .on(ListObjectsV2Command, ({ Prefix = '' }) => ({
      Contents: [...files.stored.keys()].filter((key) => key.startsWith(Prefix)).map((Key) => ({ Key })),
    }))
    .on(GetObjectCommand, ({ Key = '' }) => {
      const Body = { transformToByteArray: async () => files.stored.get(Key) };
      return { Body } as unknown as GetObjectCommandOutput;
    });
  const run = (typed: string[], given: Partial<Run> = {}) =>
    periodical({ typed: ['restore', ...typed], account, fetch, settings: { ...ownSettings }, cdk: deploys, ...given });
  const ran: string[] = [];
  /** What settings adopt, the stack uses from then on. */
  const adopt = (name: string) => {
    const stack = account.stacks.get('Periodical');
    if (stack) stack.outputs = { ...stack.outputs, TableName: name };
  };
  const deploys = async (words: readonly string[]) => {
    ran.push(words.join(' '));
    adopt((await names()).find((name) => name.includes('restored') && !name.includes('compare')) ?? lost);
    return 0;
  };
  const names = async () => (await client.send(new ListTablesCommand({}))).TableNames ?? [];
  const lose = async ({ kept }: { kept: boolean }) => {
    if (kept) await tables.keep(lost, new Date('2026-12-04T00:00:00Z'), { final: true });
    await client.send(new DeleteTableCommand({ TableName: lost }));
    while ((await names()).includes(lost));
  };
  const copyTonight = () =>
    copyDepartures(
      { kind: 'copy-departures', wantedAt: '2026-12-04T04:10:00Z' },
      { subscribers, files, queue: { send: async () => undefined }, identityKey, remainingMilliseconds: () => 5_000 },
    );
  const restored = (name: string) => new Table(client, name);
  const mailed = async (name: string) =>
    [...(await new SubscriberStore(restored(name)).confirmedAmong(['ada', 'bo', 'cy', 'di', 'eve'].map(id))).values()]
      .map(({ address }) => address)
      .sort();
  return { account, tables, backup, run, ran, names, lose, copyTonight, files, restored, mailed, client };
}

const intoNew = ['--into', 'Periodical-restored-1'];
const stayed = ['cy@example.org', 'di@example.org', 'eve@example.org'];

test('a point in time: a new table with all that belongs to it, adopted and held, and the old table tells who has gone since', async () => {
  const { run, ran, tables, mailed, restored } = await newsletterWithPast();

  const { exit, json, settings } = await run([...intoNew, '--at', '2026-12-02T00:00Z', '--yes', '--json']);

  expect(json()).toMatchObject({
    table: 'Periodical-restored-1',
    moment: moment.toISOString(),
    source: 'table',
    left: 1,
    complained: 1,
    missing: 0,
    newcomers: 0,
    released: false,
  });
  expect(exit).toBe(0);
  expect(settings.existing).toEqual({ table: 'Periodical-restored-1' });
  expect(ran).toEqual(['deploy Periodical --require-approval never']);
  expect(tables.facts.get('Periodical-restored-1')).toEqual({
    expiry: 'expiresAt',
    recovery: true,
    protected: true,
    tags: { newsletter: 'Periodical', stage: 'production' },
  });
  expect(await mailed('Periodical-restored-1')).toEqual(stayed);
  const table = restored('Periodical-restored-1');
  expect((await new Breaker({ table, now: () => later }).look()).outage?.cause).toBe('restore');
});

test('in the restored table colleagues have no role, keys are revoked and webhooks are off, until they are given again', async () => {
  const { run, restored } = await newsletterWithPast();

  await run([...intoNew, '--yes', '--json']);

  const table = restored('Periodical-restored-1');
  expect(await new PrincipalStore(table).find('sub-of-eve')).toBeUndefined();
  expect(await new ApiKeyStore(table).list()).toMatchObject([{ name: 'Git push', revokedBy: { name: 'ada' } }]);
  expect(await new WebhookStore(table).list()).toMatchObject([{ name: 'CRM', active: false, changedBy: { name: 'ada' } }]);
});

test('the table is lost: AWS’s last backup brings it back, and nobody is missing in what it has itself', async () => {
  const { run, lose, mailed } = await newsletterWithPast();
  await lose({ kept: true });

  const { exit, json } = await run([...intoNew, '--yes', '--json']);

  expect(json()).toMatchObject({ moment: '2026-12-04T00:00:00.000Z', source: 'final-backup', missing: 0 });
  expect(exit).toBe(0);
  expect(await mailed('Periodical-restored-1')).toEqual(stayed);
});

test('an older backup is compared with the last one, in a table that is gone afterwards', async () => {
  const { run, lose, backup, mailed, names } = await newsletterWithPast();
  await lose({ kept: true });

  const { json } = await run([...intoNew, '--backup', backup, '--yes', '--json']);

  expect(json()).toMatchObject({ moment: moment.toISOString(), source: 'final-backup', left: 1, complained: 1, missing: 0 });
  expect(await mailed('Periodical-restored-1')).toEqual(stayed);
  expect(await names()).not.toContain('Periodical-restored-1-compare');
});

test('where AWS has kept nothing, the nightly copy tells, and says until when; without a copy nothing is released', async () => {
  const { run, lose, backup, mailed, tables, copyTonight, files } = await newsletterWithPast();
  await copyTonight();
  const copied = [...files.stored];
  files.stored.clear();
  await lose({ kept: false });
  const blind = await run([...intoNew, '--backup', backup, '--yes', '--json']);
  const refused = await run(['--release', '--yes', '--json']);
  for (const [key, bytes] of copied) files.stored.set(key, bytes);
  tables.forgetAll();

  const { json, said } = await run(['--yes', '--json']);

  expect(blind.json()).toMatchObject({ error: { code: 'nobody_knows' } });
  expect(refused.json()).toMatchObject({ error: { code: 'not_compared' } });
  expect(json()).toMatchObject({
    source: 'nightly-copy',
    knownUntil: '2026-12-04T04:10:00.000Z',
    left: 1,
    complained: 1,
    missing: 0,
    newcomers: null,
  });
  expect(said).toContain('Who has gone after that copy is not known');
  expect(await mailed('Periodical-restored-1')).toEqual(stayed);
});

test('a backup from before the time that the nightly copy knows is held for good: people may have left in between', async () => {
  const { run, lose, copyTonight, tables } = await newsletterWithPast();
  const old = await tables.keep(lost, new Date('2026-09-01T00:00:00Z'));
  await copyTonight();
  await lose({ kept: false });

  const compared = await run([...intoNew, '--backup', old, '--yes', '--json']);
  const released = await run(['--release', '--yes', '--json']);

  expect(compared.json()).toMatchObject({ error: { code: 'copy_too_short' } });
  expect(released.json()).toMatchObject({ error: { code: 'not_compared' } });
});

test('a deployment that fails leaves a table that holds all mail, and the same command with its name goes on', async () => {
  const { run, names } = await newsletterWithPast();
  const failed = await run([...intoNew, '--at', '2026-12-02T00:00Z', '--yes', '--json'], { cdk: async () => 1 });

  const { json } = await run([...intoNew, '--yes', '--json']);

  expect(failed).toMatchObject({ exit: 1 });
  expect(failed.json()).toMatchObject({ adopted: false });
  expect(json()).toMatchObject({ moment: moment.toISOString(), left: 1, missing: 0 });
  expect((await names()).filter((name) => name.includes('restored'))).toEqual(['Periodical-restored-1']);
});

test('a command that ends while AWS still makes the table goes on with it when it is run again', async () => {
  const { run, tables, names, mailed } = await newsletterWithPast();
  tables.making.add('Periodical-restored-1');
  const onSleep = () => tables.making.clear();
  const stop = () => {
    throw new Error('stopped');
  };
  await run([...intoNew, '--yes', '--json'], { onSleep: stop }).catch(() => undefined);

  const { exit, json } = await run([...intoNew, '--yes', '--json'], { onSleep });

  expect([exit, json()]).toMatchObject([0, { left: 1, missing: 0 }]);
  expect(await mailed('Periodical-restored-1')).toEqual(stayed);
  expect(await names()).toEqual([lost, 'Periodical-restored-1'].sort());
});

test('it shows the numbers and asks before it releases; then mails go out', async () => {
  const { run, restored } = await newsletterWithPast();
  await run([...intoNew, '--yes', '--json']);

  const no = await run(['--release'], { answers: ['no'] });
  const yes = await run(['--release'], { answers: ['yes'] });
  const again = await run(['--release', '--json', '--yes']);

  expect(no.said).toContain('1 unsubscribed, 1 complained');
  expect(yes.said).toContain('Released');
  expect(again.json()).toMatchObject({ error: { code: 'nothing_held' } });
  const table = restored('Periodical-restored-1');
  expect((await new Breaker({ table, now: () => later }).look()).outage).toBeUndefined();
});

test('on a no nothing happens; a moment that AWS does not keep, or a table without anything kept, is refused', async () => {
  const { run, tables, names } = await newsletterWithPast();

  const no = await run([], { answers: ['no'] });
  const early = await run(['--at', '2026-10-01T00:00Z', '--yes', '--json']);
  tables.forgetAll();
  const nothing = await run(['--yes', '--json']);

  expect(no.exit).toBe(0);
  expect(early.json()).toMatchObject({ error: { code: 'outside_recovery' } });
  expect(nothing.json()).toMatchObject({ error: { code: 'no_backup' } });
  expect(await run(['--at', 'yesterday'])).toMatchObject({ exit: 2 });
  expect(await names()).toEqual([lost]);
});
