import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys, partitions } from '../../functions/platform/keys.ts';
import { Table } from '../../functions/platform/table.ts';
import { inTurns } from '../../functions/restores/in-turns.ts';
import { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { linkIn, NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { synthesisedApp } from '../../infra/local/synthesised-app.ts';
import { FakeAccount } from '../cli/fake-account.ts';
import { deployed, stackOutputs, stackResources } from '../cli/fake-cdk.ts';
import { FakeTables } from '../cli/fake-tables.ts';
import { ownSettings, periodical } from '../cli/run-periodical.ts';
import { endRun } from './end-run.ts';

const readers = 1_000;
const leavers = 50;
const restored = 'Restored';
/** Signs as the person whose account it is. */
const ownHand = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

const dataFolder = mkdtempSync(join(tmpdir(), 'periodical-restore-'));
const options = { dataFolder, sesRate: 500, show: () => undefined };
let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  run = await startLocalRun(options);
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(async () => {
  await endRun(run);
  rmSync(dataFolder, { recursive: true, force: true });
});

const dynamodb = () => new DynamoDBClient({ ...ownHand, endpoint: run.endpoints.DYNAMODB });
const tables = new FakeTables(dynamodb);

const post = async (path: string, body: object) =>
  fetch(`${run.origin}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function upload(title: string): Promise<string> {
  const { slug } = (await (await visitor.upload(`# ${title}\n\n正文。\n`, `${title}.md`)).json()) as { slug: string };
  return slug;
}

/** An issue goes out on its own: who got it. */
async function mailedTo(slug: string): Promise<string[]> {
  return (await visitor.outbox({ digest: `issue-${slug}` })).map(({ to }) => to[0] ?? '');
}

async function linksOf(slug: string): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  const messages = await visitor.outbox({ digest: `issue-${slug}` });
  await inTurns(messages, async ({ id, to }) => {
    links.set(to[0] ?? '', linkIn(await PostalMime.parse(await visitor.raw(id)), '/unsubscribe?'));
  });
  return links;
}

/** The names that the template's resources have here. */
async function theStack() {
  const { template } = await synthesisedApp();
  const named = (type: string, part: string) =>
    Object.keys(template.Resources).find((logicalId) => template.Resources[logicalId]?.Type === type && logicalId.includes(part)) ?? '';
  const secret = (part: string) =>
    `arn:aws:secretsmanager:us-east-1:000000000000:secret:${named('AWS::SecretsManager::Secret', part)}-local0`;
  return {
    table: named('AWS::DynamoDB::GlobalTable', 'Table'),
    lists: named('AWS::S3::Bucket', 'Lists').toLowerCase(),
    identityKey: secret('IdentityKey'),
  };
}

/** The command line with a person's credentials: DynamoDB, S3 and the secrets are those of the local run. */
async function restore(names: Awaited<ReturnType<typeof theStack>>, backup: string) {
  const account = deployed(new FakeAccount());
  const resources = stackResources.map((resource) => {
    if (resource.logicalId === 'KeysIdentityKey') return { ...resource, physicalId: names.identityKey };
    return resource.logicalId === 'ListsBucket' ? { ...resource, physicalId: names.lists } : resource;
  });
  const outputs = { ...stackOutputs, TableName: names.table, EditorsAddress: `${run.origin}/editors/` };
  account.stacks.set('Periodical', { status: 'CREATE_COMPLETE', isProtected: true, outputs, resources });
  account.aws.dynamodb = tables.client;
  account.aws
    .on(GetSecretValueCommand, (input) =>
      new SecretsManagerClient({ ...ownHand, endpoint: run.endpoints.SECRETS_MANAGER }).send(new GetSecretValueCommand(input)),
    )
    .on(ListObjectsV2Command, (input) => s3().send(new ListObjectsV2Command(input)))
    .on(GetObjectCommand, (input) => s3().send(new GetObjectCommand(input)))
    .on(ListUsersCommand, () => ({ Users: [] }));
  const s3 = () => new S3Client({ ...ownHand, endpoint: run.endpoints.S3, forcePathStyle: true });
  const cdk = async () => {
    await endRun(run);
    run = await startLocalRun({ ...options, port: run.port, app: await synthesisedApp({ table: restored }) });
    visitor = new NewsletterVisitor(run.origin);
    return 0;
  };
  return periodical({ typed: ['restore', '--backup', backup, '--into', restored, '--yes', '--json'], account, settings: ownSettings, cdk });
}

test('the table is lost after fifty have left: none of them is mailed, nobody is before an editor releases it, and every old link works', async () => {
  const names = await theStack();
  await post('/_local/readers', { count: readers });
  const first = await upload('第一期');
  await visitor.asEditor('POST', `/api/v1/issues/${first}/send-now`);
  await visitor.idle();
  const links = await linksOf(first);
  const draft = await upload('第二期');
  const backup = await tables.keep(names.table, new Date());
  const left = [...links.keys()].slice(0, leavers);
  for (const address of left) expect((await visitor.oneClick(links.get(address) ?? '')).status).toBe(200);
  await visitor.fire('copy-departures', new Date().toISOString());
  await visitor.idle();
  await dynamodb().send(new DeleteTableCommand({ TableName: names.table }));

  const outcome = await restore(names, backup);
  await visitor.asEditor('POST', `/api/v1/issues/${draft}/send-now`);
  await visitor.signUp('late@example.com');
  await visitor.idle();
  await visitor.fire('watch-digests', new Date().toISOString());
  await visitor.idle();
  const whileHeld = {
    digest: await visitor.digest(`issue-${draft}`),
    mails: await mailedTo(draft),
    late: await visitor.outbox({ to: 'late@example.com' }),
  };
  const shown = (await (await visitor.asEditor('GET', '/api/v1/restore')).json()) as { restore: object };
  const release = await visitor.asEditor('POST', '/api/v1/restore/release');
  const paused = await visitor.digest(`issue-${draft}`);
  await visitor.asEditor('POST', `/api/v1/digests/issue-${draft}/resume`);
  await visitor.fire('watch-digests', new Date().toISOString());
  await visitor.idle();
  const mailed = await mailedTo(draft);

  expect(outcome.json()).toMatchObject({ source: 'nightly-copy', left: leavers, missing: 0, adopted: true });
  expect(whileHeld).toMatchObject({ digest: { holds: ['restore'] }, mails: [], late: [] });
  expect(shown.restore).toMatchObject({ held: true, comparison: { left: leavers } });
  expect([release.status, paused?.state, paused?.holds]).toEqual([200, 'paused', ['editor']]);
  expect(mailed).toHaveLength(readers - leavers);
  expect(new Set(mailed).intersection(new Set(left)).size).toBe(0);
  expect(await visitor.outbox({ to: 'late@example.com' })).toHaveLength(1);

  await inTurns(links.values(), async (link) => {
    expect((await visitor.oneClick(link)).status).toBe(200);
  });
  const states = await statesIn(new Table(dynamodb(), restored));
  expect(states).toEqual({ unsubscribed: readers, pending: 1 });
}, 180_000);

async function statesIn(table: Table): Promise<Record<string, number>> {
  const states: Record<string, number> = {};
  for (const partition of partitions)
    for await (const item of table.query({ pk: keys.subscribersOf(partition) })) {
      const { state } = Subscriber.parse({ ...item, id: item.sk });
      states[state] = (states[state] ?? 0) + 1;
    }
  return states;
}
