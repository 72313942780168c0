import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { listKeyOf } from '../../../functions/exports/list-key.ts';
import { AskingStore } from '../../../functions/imports/asking-store.ts';
import { ImportStore } from '../../../functions/imports/import-store.ts';
import { importFiles } from '../../../functions/imports/reader-import.ts';
import { workOnImport } from '../../../functions/imports/work-on-import.ts';
import { keys } from '../../../functions/platform/keys.ts';
import { Table } from '../../../functions/platform/table.ts';
import { ImportedReaderStore } from '../../../functions/subscribers/imported/imported-reader-store.ts';
import { subscriberId } from '../../../functions/subscribers/subscriber-id.ts';
import { FolderFiles } from './folder-files.ts';

/**
 * How fast a list is taken in, against the bare conditional writes of the same readers, and how much memory it takes:
 * `npm run bench:import -- --rows 20000 --rounds 5`. With `--most-mb` it fails above so much, and with `--least` below such a share.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '5' },
    'most-mb': { type: 'string', default: '0' },
    least: { type: 'string', default: '0' },
  },
});
const [rows, rounds, mostMb, least] = [values.rows, values.rounds, values['most-mb'], values.least].map(Number) as [
  number,
  number,
  number,
  number,
];
const atOnce = 64;
const identityKey = 'the identity key of this measurement';
const now = () => new Date();
const addressOf = (n: number) => `reader-${n}@example.org`;

const folder = await mkdtemp(join(tmpdir(), 'periodical-import-'));
const server = fork(join(import.meta.dirname, 'table-process.ts'), rows > 100_000 ? [join(folder, 'table')] : []);
const [port] = (await once(server, 'message')) as [number];
const client = new DynamoDBClient({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

let tables = 0;
async function newTable(): Promise<Table> {
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

async function wholeImport(): Promise<{ rate: number; looked: number; added: number }> {
  const table = await newTable();
  const [imports, files, id] = [new ImportStore(table), new FolderFiles(folder), `2-${tables}`];
  const list = createWriteStream(await files.pathOf(importFiles.upload(id)));
  list.write('email,status,subscribed_at\n');
  for (let n = 0; n < rows; n += 1) if (!list.write(`${addressOf(n)},subscribed,2024-01-02\n`)) await once(list, 'drain');
  list.end();
  await once(list, 'finish');
  const services = {
    ...{ imports, files, identityKey, listKey: listKeyOf(identityKey), locale: 'en' as const, topics: [], now, atOnce },
    ...{ asking: new AskingStore(table), confirmations: { send: async () => undefined } },
    ...{ readers: new ImportedReaderStore(table), queue: { send: async () => undefined }, remainingMilliseconds: () => 300_000 },
  };
  await imports.create({ id, uploadId: id, filename: '', size: 1, by: 'a', createdAt: now().toISOString(), corrections: {} });
  const begun = performance.now();
  await workOnImport({ id }, services);
  const checked = performance.now();
  await imports.start(id, { wording: '1', locale: 'en', origin: 'a measurement', by: 'a', at: now().toISOString() });
  await workOnImport({ id }, services);
  const rate = rows / ((performance.now() - checked) / 1000);
  const added = (await imports.progress(id))?.counts.outcomes.added ?? 0;
  return { rate, looked: rows / ((checked - begun) / 1000), added };
}

const median = (numbers: number[]) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const [bare, taken, looked]: [number[], number[], number[]] = [[], [], []];
for (let round = 0; round < rounds; round += 1) {
  // A list of a million is about memory; writing it twice would say nothing more.
  if (rows <= 100_000) bare.push(await bareWrites());
  const { rate, looked: lookedAt, added } = await wholeImport();
  if (added !== rows) throw new Error(`${added} of ${rows} readers were added.`);
  taken.push(rate);
  looked.push(lookedAt);
}
server.kill();
client.destroy();
await rm(folder, { recursive: true, force: true });

const share = median(taken) / median(bare);
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
const say = (text: string) => process.stdout.write(`${text}\n`);
say(`${rows.toLocaleString('en')} rows, medians of ${rounds}, ${atOnce} writes at once, Node ${process.version}`);
say(`dry run           ${Math.round(median(looked)).toLocaleString('en')} rows a second`);
say(`taken in          ${Math.round(median(taken)).toLocaleString('en')} rows a second`);
if (bare.length > 0)
  say(`bare writes       ${Math.round(median(bare)).toLocaleString('en')} a second: the import reaches ${share.toFixed(2)} of them`);
say(`peak memory       ${peakMb} MB of this process; the table has another`);
if (mostMb > 0 && peakMb > mostMb) throw new Error(`${peakMb} MB are more than ${mostMb}.`);
if (least > 0 && !(share >= least)) throw new Error(`${share.toFixed(2)} of the bare writes is less than ${least}.`);
