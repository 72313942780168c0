import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { listKeyOf } from '../../../functions/exports/list-key.ts';
import { ImportStore } from '../../../functions/imports/import-store.ts';
import { importFiles, importMessage } from '../../../functions/imports/reader-import.ts';
import { workOnImport } from '../../../functions/imports/work-on-import.ts';
import { keys } from '../../../functions/platform/keys.ts';
import { Table } from '../../../functions/platform/table.ts';
import { ImportedReaderStore } from '../../../functions/subscribers/imported/imported-reader-store.ts';
import { subscriberId } from '../../../functions/subscribers/subscriber-id.ts';
import { commandLine } from '../../support/command-line.ts';
import { actor } from '../../support/people.ts';
import type { Meter } from '../account/benchmark-account.ts';
import { median } from '../median.ts';
import { quick, report } from '../report.ts';
import { FolderFiles } from './folder-files.ts';

/**
 * How fast a list is taken in, against the bare conditional writes of the same readers in the same rounds, and how much
 * memory it takes: `npm run bench -- import --rows 20000 --rounds 5`. Of a long list also how often DynamoDB is called:
 * `npm run bench -- import --rows 1000000 --rounds 1`.
 */
const { rows, rounds } = commandLine({
  usage: 'npm run bench -- import --rows 20000 --rounds 5   or --quick',
  counts: { rows: quick ? 2_000 : 20_000, rounds: quick ? 2 : 5 },
  flags: ['quick'],
});
// A chunk waits for its slowest row, and a short list has few of them.
const leastShare = quick ? 0.6 : 0.8;
const mostMb = 512;
// A look-up of a hundred addresses at once in the dry run, a write each, and a few writes for each thousand rows.
const mostCallsPer1000 = 1_040;
const atOnce = 64;
const identityKey = 'the identity key of this measurement';
const now = () => new Date();
const addressOf = (n: number) => `reader-${n}@example.org`;

const folder = await mkdtemp(join(tmpdir(), 'periodical-import-'));
// A list of a million is about memory and exact counts: the simulation's table takes it in within minutes.
const long = rows > 100_000;
const server = fork(join(import.meta.dirname, long ? '../account/aws-process.ts' : 'table-process.ts'), {
  execArgv: ['--max-old-space-size=8192'],
});
const [{ port }] = (await once(server, 'message')) as [{ port: number }];
const client = new DynamoDBClient({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** Calls and units of DynamoDB so far, counted where they arrive. */
async function metered(): Promise<{ calls: number; units: number }> {
  const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers: { 'x-amz-target': 'Benchmark.meter' } });
  const kinds = Object.values(((await response.json()) as Meter).table);
  return { calls: kinds.reduce((sum, { calls }) => sum + calls, 0), units: kinds.reduce((sum, { units }) => sum + units, 0) };
}

let tables = 0;
async function newTable(): Promise<Table> {
  if (long) return new Table(client, 'Table');
  const name = `Table-${++tables}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  while ((await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus !== 'ACTIVE');
  return new Table(client, name);
}

/** The very items that an import writes, and nothing else. */
async function bareWrites(): Promise<number> {
  const table = await newTable();
  const left = Array.from({ length: rows }, (_, n) => n).values();
  const begun = performance.now();
  const writer = async () => {
    for (const n of left) {
      const at = now().toISOString();
      const mark = { importId: '20261122t120000-1a2b3c4d', importRow: n, consentImport: '20261122t120000-1a2b3c4d', consentedAt: at };
      const reader = {
        state: 'confirmed',
        address: addressOf(n),
        locale: 'en',
        topics: [],
        nonce: '0123456789abcdef01234567',
        confirmedAt: at,
      };
      const key = keys.subscriber(subscriberId(identityKey, addressOf(n)));
      await table.put({ ...key, ...mark, ...reader }, { expression: 'attribute_not_exists(pk)' });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, writer));
  return rows / ((performance.now() - begun) / 1000);
}

async function wholeImport() {
  const table = await newTable();
  const before = long ? await metered() : undefined;
  const [imports, files, id] = [new ImportStore(table), new FolderFiles(folder), `2-${tables}`];
  const list = createWriteStream(await files.pathOf(importFiles.upload(id)));
  list.write('email,status,subscribed_at\n');
  for (let n = 0; n < rows; n += 1) if (!list.write(`${addressOf(n)},subscribed,2024-01-02\n`)) await once(list, 'drain');
  list.end();
  await once(list, 'finish');
  const services = {
    imports,
    files,
    identityKey,
    listKey: listKeyOf(identityKey),
    locale: 'en' as const,
    topics: [],
    now,
    atOnce,
    hosts: { learn: async () => undefined },
    readers: new ImportedReaderStore(table),
    queue: { send: async () => undefined },
    remainingMilliseconds: () => 300_000,
  };
  await imports.create({ id, uploadId: id, filename: '', size: 1, by: actor('a'), createdAt: now().toISOString(), corrections: {} });
  const begun = performance.now();
  await workOnImport(importMessage(id), services);
  const checked = performance.now();
  await imports.start(id, { wording: '1', locale: 'en', origin: 'a measurement', by: actor('a'), at: now().toISOString() });
  await workOnImport(importMessage(id), services);
  const rate = rows / ((performance.now() - checked) / 1000);
  const added = (await imports.progress(id))?.counts.outcomes.added ?? 0;
  const after = long ? await metered() : undefined;
  const calls = before && after && { calls: per1000(before.calls, after.calls), units: per1000(before.units, after.units) };
  return { rate, looked: rows / ((checked - begun) / 1000), added, calls };
}

const per1000 = (before: number, after: number) => ((after - before) / rows) * 1_000;

const [bare, taken, looked, shares]: [number[], number[], number[], number[]] = [[], [], [], []];
const called: { calls: number; units: number }[] = [];
for (let round = 0; round < rounds; round += 1) {
  if (!long) bare.push(await bareWrites());
  const { rate, looked: lookedAt, added, calls } = await wholeImport();
  if (added !== rows) throw new Error(`${added} of ${rows} readers were added.`);
  taken.push(rate);
  looked.push(lookedAt);
  if (calls) called.push(calls);
  shares.push(rate / (bare.at(-1) ?? Number.NaN));
}
server.kill();
client.destroy();
await rm(folder, { recursive: true, force: true });

const peakMb = process.resourceUsage().maxRSS / 1_024;
const callsPer1000 = median(called.map(({ calls }) => calls));
const unitsPer1000 = median(called.map(({ units }) => units));
const figures = { rows, rounds, dryRun: median(looked), takenIn: median(taken), bare: median(bare), peakMb, callsPer1000, unitsPer1000 };
const compared = bare.length > 0;
report('import', {
  figures,
  tables: [
    {
      title: `Taking in ${rows.toLocaleString('en')} rows, medians of ${rounds}, ${atOnce} writes at once`,
      columns: ['', 'a second'],
      rows: [
        ['dry run (read twice, every address looked up)', figures.dryRun],
        ['taken in (read, written, counted, reported)', figures.takenIn],
        ...(compared ? [['bare conditional writes', figures.bare]] : []),
        ['peak memory of this process, MB', peakMb],
        ...(long
          ? [
              ['DynamoDB calls per 1,000 rows', callsPer1000],
              ['units per 1,000 rows', unitsPer1000],
            ]
          : []),
      ],
    },
  ],
  gates: [
    ...(compared ? [{ what: 'rows a second to bare writes', figure: median(shares), least: leastShare }] : []),
    { what: 'peak memory, MB', figure: peakMb, most: mostMb },
    ...(long ? [{ what: 'DynamoDB calls per 1,000 rows', figure: callsPer1000, most: mostCallsPer1000 }] : []),
  ],
});
