import type { MailboxHosts } from '../mail/mailbox-hosts.ts';
import type { Files } from '../platform/bucket.ts';
import type { Queue } from '../platform/queue.ts';
import type { TakenIn } from '../subscribers/imported/imported-reader.ts';
import type { ImportedReaderStore } from '../subscribers/imported/imported-reader-store.ts';
import { monthsBefore, packedIds } from './asking-store.ts';
import { type ReportLine, reportLines, writeReport } from './import-report.ts';
import type { ImportStore } from './import-store.ts';
import { listRows } from './list-rows.ts';
import { OutweighedRows } from './outweighed-rows.ts';
import {
  Counts,
  chunkRows,
  count,
  type ImportMessage,
  type ImportProgress,
  importFiles,
  importMessage,
  type ReaderImport,
  type RowOutcome,
} from './reader-import.ts';
import { type ReadRow, type RowContext, readRow } from './reading/read-row.ts';

export type RunServices = {
  imports: Pick<ImportStore, 'find' | 'progress' | 'recordProgress' | 'finish'>;
  readers: Pick<ImportedReaderStore, 'takeIn'>;
  hosts: Pick<MailboxHosts, 'learn'>;
  files: Files;
  queue: Pick<Queue<ImportMessage>, 'send'>;
  remainingMilliseconds: () => number;
  /** Writes under way at once. */
  atOnce?: number;
} & Pick<RowContext, 'identityKey' | 'listKey' | 'locale' | 'topics'> & { now: () => Date };

/** A chunk of a thousand rows takes a fifth of a second; reading the lines of two thousand chunks for the report takes longest. */
const chunkMs = 500;
const reportMs = 3_000;

/**
 * Imports a list in chunks, starting after the last chunk that is recorded. A row has the same effect each time it is imported,
 * and a chunk is counted once, when it is complete. So a worker that dies, or a repeated message, changes no count. The report
 * is written in one turn: it has at most 2,000 chunks. When an editor stops it, the chunk under way is completed, because a worker
 * that died may have imported half of it, and the rows after it are only reported.
 */
export async function runImport(wanted: ReaderImport, services: RunServices): Promise<'finished' | 'postponed' | 'elsewhere'> {
  const { imports, files, queue } = services;
  const { reading } = wanted;
  if (!reading) throw new Error(`The import ${wanted.id} was started unread.`);
  let progress = (await imports.progress(wanted.id)) ?? beginning(wanted);
  if (!progress.last) {
    const context: RowContext = { ...services, reading, said: wanted.corrections, now: new Date(wanted.startedAt ?? wanted.createdAt) };
    const outweighed = await outweighedRows(wanted.id, files);
    for await (const chunk of chunks(files, wanted, context, progress)) {
      const next = await takeInChunk(wanted, chunk, { progress, outweighed, services });
      if (!next) return 'elsewhere';
      progress = next;
      if (services.remainingMilliseconds() > (progress.last ? reportMs : chunkMs)) continue;
      await queue.send(importMessage(wanted.id));
      return 'postponed';
    }
  }
  await writeReport(wanted.id, progress.chunk, files);
  await imports.finish(wanted.id, progress.at, progress.stopped ? 'stopped' : 'finished');
  return 'finished';
}

/** The dry run has found them; they are kept as long as the list itself. */
async function outweighedRows(id: string, files: Pick<Files, 'read'>): Promise<OutweighedRows> {
  const found = await files.read(importFiles.outweighed(id));
  if (!found) throw new Error(`What the dry run of the import ${id} found is gone, and so is its list.`);
  return new OutweighedRows(found);
}

const beginning = ({ startedAt, createdAt }: ReaderImport): ImportProgress => ({
  chunk: 0,
  offset: 0,
  row: 0,
  counts: Counts.parse({}),
  askable: 0,
  at: startedAt ?? createdAt,
  last: false,
  stopped: false,
});

type Chunk = { rows: ReadRow[]; offset: number; row: number; last: boolean };

async function* chunks(files: Files, wanted: ReaderImport, context: RowContext, from: ImportProgress): AsyncGenerator<Chunk> {
  let rows: ReadRow[] = [];
  let [offset, row] = [from.offset, from.row];
  for await (const block of listRows(files, wanted, { reading: context.reading, from }))
    for (const raw of block) {
      const read = readRow(raw, context);
      if (!('blank' in read)) rows.push(read);
      [offset, row] = [raw.next, raw.row];
      if (rows.length < chunkRows) continue;
      yield { rows, offset, row, last: false };
      rows = [];
    }
  yield { rows, offset, row, last: true };
}

type Around = { progress: ImportProgress; outweighed: OutweighedRows; services: RunServices };
type Outcome = Extract<RowOutcome, TakenIn | 'duplicate' | 'refused' | 'not_reached'>;

/** Undefined when somebody else has written this chunk down. */
async function takeInChunk(wanted: ReaderImport, chunked: Chunk, around: Around): Promise<ImportProgress | undefined> {
  const { id } = wanted;
  const { rows, offset, row, last } = chunked;
  const { progress, services } = around;
  const { imports, files, now } = services;
  const chunk = progress.chunk + 1;
  const outcomes = progress.stopped ? rows.map(unreached) : await takeInRows(wanted, rows, around);

  const counts = structuredClone(progress.counts);
  const lines: ReportLine[] = [];
  for (const [n, read] of rows.entries()) {
    const outcome = outcomes[n] ?? 'refused';
    const fault = 'fault' in read ? read.fault : undefined;
    count(counts, outcome, { fault, ...('reader' in read && { at: read.reader.at }) });
    if (isReported(outcome)) lines.push({ ...placeOf(read), address: read.address, outcome, ...(fault && { fault }) });
  }
  if (lines.length > 0) await files.put(importFiles.lines(id, chunk), reportLines(lines), 'text/csv; charset=utf-8');
  const kept = rows.flatMap((read, n) => (outcomes[n] === 'kept' && isAskable(read, now()) ? [read.reader.id] : []));
  const next: ImportProgress = {
    chunk,
    offset,
    row,
    counts,
    at: now().toISOString(),
    last,
    stopped: progress.stopped || (!last && (await imports.find(id))?.stoppedAt !== undefined),
    askable: progress.askable + kept.length,
    ...(kept.length > 0 && { kept: packedIds(kept) }),
  };
  return (await imports.recordProgress(id, next)) ? next : undefined;
}

async function takeInRows({ id }: ReaderImport, rows: readonly ReadRow[], { outweighed, services }: Around): Promise<Outcome[]> {
  const { readers, hosts, now, atOnce = 64 } = services;
  const outcomes = new Array<Outcome>(rows.length).fill('refused');
  const left = rows.entries();
  const takeNext = async () => {
    for (const [n, read] of left) {
      if (!('reader' in read)) continue;
      outcomes[n] = outweighed.has(read.row) ? 'duplicate' : await readers.takeIn({ ...read.reader, importId: id }, now());
    }
  };
  const mailed = rows.flatMap((read) => ('reader' in read && read.reader.status === 'subscribed' ? [read.reader.address ?? ''] : []));
  await Promise.all([hosts.learn(mailed), ...Array.from({ length: atOnce }, takeNext)]);
  return outcomes;
}

/** A row that cannot be read would not have been imported either. */
const unreached = (read: ReadRow): Outcome => ('reader' in read ? 'not_reached' : 'refused');

const placeOf = ({ row, list, line }: ReadRow) => ({ row: line ?? row, ...(list !== undefined && { list }) });

/** Who never confirmed may be asked while it is not too long ago; without a date nobody can tell. */
const isAskable = (read: ReadRow, now: Date): read is Extract<ReadRow, { reader: unknown }> =>
  'reader' in read && read.reader.at !== undefined && read.reader.at >= monthsBefore(now);

/** Every row that was not done as it says. */
const isReported = (outcome: Outcome) => ['refused', 'duplicate', 'not_reached'].includes(outcome) || outcome.startsWith('stays_');
