import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defused, undefused } from '../../functions/exports/defuse.ts';
import { type ExportServices, exportReaders } from '../../functions/exports/export-readers.ts';
import { ExportStore } from '../../functions/exports/export-store.ts';
import { type ExportMessage, exportMessage } from '../../functions/exports/reader-export.ts';
import { joinedTopics, readerColumns, separatedTopics } from '../../functions/exports/reader-row.ts';
import type { Table } from '../../functions/platform/table.ts';
import { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { actor } from '../support/people.ts';

const now = new Date('2026-11-22T12:00:00Z');
let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const idOf = (n: number) => n.toString(16).padStart(2, '0').slice(-1) + String(n).padStart(31, '0');

async function aList(readers: number) {
  const subscribers = new SubscriberStore(table);
  for (let n = 0; n < readers; n += 1)
    await subscribers.addConfirmed({ id: idOf(n), address: `reader-${n}@example.org`, locale: 'zh-CN', topics: ['路', '车'] }, now);
  return subscribers;
}

async function anExport(
  { format = 'csv', bom = false }: { format?: 'csv' | 'jsonl'; bom?: boolean } = {},
  over: Partial<ExportServices> = {},
) {
  const exports = new ExportStore(table);
  const files = new MemoryFiles();
  const queue = new FakeQueue<ExportMessage>();
  await exports.create({ id: 'x', format, bom, by: actor('ada'), createdAt: now.toISOString() });
  const services: ExportServices = {
    exports,
    files,
    queue,
    subscribers: new SubscriberStore(table),
    listKey: 'k',
    now: () => now,
    remainingMilliseconds: () => 300_000,
    ...over,
  };
  return {
    services,
    files,
    exports,
    queue,
    run: (than: Partial<ExportServices> = {}) => exportReaders(exportMessage('x'), { ...services, ...than }),
  };
}

const rowsIn = (csv: string | undefined) => parse(csv ?? '', { columns: true, bom: true }) as Record<string, string>[];

test('every reader is in the file once, whatever their state; one who is suppressed has no address there', async () => {
  const subscribers = await aList(40);
  await subscribers.unsubscribe(idOf(3), now, 'page');
  await subscribers.suppress(idOf(4), 'complaint', now);
  const { run, files, exports } = await anExport();

  const outcome = await run();

  const rows = rowsIn(files.text('exports/x.csv'));
  expect(outcome).toBe('finished');
  expect(rows).toHaveLength(40);
  expect(new Set(rows.map(({ reader_id: id }) => id)).size).toBe(40);
  expect(rows.find(({ reader_id: id }) => id === idOf(5))).toMatchObject({
    email: 'reader-5@example.org',
    status: 'confirmed',
    locale: 'zh-CN',
    topics: '路;车',
    confirmed_at: now.toISOString(),
  });
  expect(rows.find(({ reader_id: id }) => id === idOf(3))).toMatchObject({
    status: 'unsubscribed',
    left_at: now.toISOString(),
    left_by: 'page',
  });
  expect(rows.find(({ reader_id: id }) => id === idOf(4))).toMatchObject({ email: '', status: 'suppressed', reason: 'complaint' });
  expect(await exports.find('x')).toMatchObject({ readers: 40, finishedAt: now.toISOString() });
});

test('a worker that dies, and one that runs out of time, are gone on with behind the last part: nobody twice, nobody missing', async () => {
  await aList(60);
  const { run, files, services, queue } = await anExport({}, { partBytes: 1, atOnce: 10 });
  let parts = 0;
  const dying = async (...given: Parameters<typeof files.addPart>) => {
    parts += 1;
    const tag = await files.addPart(...given);
    if (parts === 1) throw new Error('killed behind the part and before its booking');
    return tag;
  };
  const dyingFiles = { begin: files.begin.bind(files), finish: files.finish.bind(files), addPart: dying };

  await expect(exportReaders(exportMessage('x'), { ...services, files: dyingFiles })).rejects.toThrow('killed');
  const short = await run({ remainingMilliseconds: () => 1_000 });
  const outcome = await run();
  const again = await run();

  const addresses = rowsIn(files.text('exports/x.csv')).map(({ email }) => email);
  expect([short, outcome, again]).toEqual(['postponed', 'finished', 'finished']);
  expect(queue.messages).toEqual([exportMessage('x')]);
  expect(new Set(addresses).size).toBe(60);
  expect(addresses).toHaveLength(60);
});

test('JSON Lines hold one reader a line, and a CSV begins with a byte batch mark where it was wished for', async () => {
  await aList(2);
  const lines = await anExport({ format: 'jsonl' });
  await lines.run();
  const readers = (lines.files.text('exports/x.jsonl') ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(readers.map(({ email, topics }) => ({ email, topics }))).toEqual([
    { email: 'reader-0@example.org', topics: ['路', '车'] },
    { email: 'reader-1@example.org', topics: ['路', '车'] },
  ]);
  expect(Object.keys(readers[0])).toEqual([...readerColumns]);
});

test('an Excel that wants a byte batch mark gets one, and an empty list is a file with a heading', async () => {
  const { run, files } = await anExport({ bom: true });

  await run();

  expect(files.text('exports/x.csv')).toBe(`\ufeff${readerColumns.join(',')}\r\n`);
});

test('an address that begins like a formula is text to a spreadsheet', async () => {
  const subscribers = new SubscriberStore(table);
  await subscribers.addConfirmed({ id: idOf(1), address: '=cmd|x@example.org', locale: 'en', topics: ['@sum', '+1'] }, now);
  const { run, files } = await anExport();

  await run();

  expect(rowsIn(files.text('exports/x.csv'))[0]).toMatchObject({ email: "'=cmd|x@example.org", topics: "'@sum;+1" });
});

test('any cell is harmless once defused, and comes back as it was', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^['=+@-]{0,3}[a-z]*$/)), (cell) => {
      expect(defused(cell)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
      expect(undefused(defused(cell))).toBe(cell);
    }),
  );
});

test('any topics come back out of one cell', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })), (topics) => {
      expect(separatedTopics(joinedTopics(topics))).toEqual(topics);
    }),
  );
});

test('whatever is kept of a reader is in an export, or is named here as what no list needs', () => {
  const kept = new Set(Subscriber.options.flatMap((state) => Object.keys(state.shape)));
  const exported = { id: 'reader_id', address: 'email', state: 'status', consentedAt: 'confirmed_at' } as Record<string, string>;
  // Under an old address there is nobody any more, and the new one needs no history; deliveries told late belong to old mails.
  // When a list was taken in is told by the caller that takes it in.
  const leftOut = [
    'nonce',
    // From which network somebody signed up who has not confirmed.
    'askedFrom',
    'importId',
    'importRow',
    'importedAt',
    'movedFrom',
    'movedTo',
    'movedAt',
    'joined',
    'reinstatedAt',
    'cameFrom',
    'cameAt',
    'was',
  ];

  const columns = new Set<string>(readerColumns);
  const asColumn = (name: string) => exported[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  expect([...kept].filter((name) => !leftOut.includes(name) && !columns.has(asColumn(name)))).toEqual([]);
});
