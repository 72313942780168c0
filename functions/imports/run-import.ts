import type { Files } from '../platform/bucket.ts';
import type { Queue } from '../platform/queue.ts';
import type { TakenIn } from '../subscribers/imported/imported-reader.ts';
import type { ImportedReaderStore } from '../subscribers/imported/imported-reader-store.ts';
import { monthsBefore, packedIds } from './asking-store.ts';
import { findWinners } from './find-winners.ts';
import { type ReportLine, reportLines, writeReport } from './import-report.ts';
import type { ImportStore } from './import-store.ts';
import { listRows } from './list-rows.ts';
import { Counts, chunkRows, count, type ImportMessage, type ImportProgress, importFiles, type ReaderImport } from './reader-import.ts';
import { type ReadRow, type RowContext, readRow } from './reading/read-row.ts';
import type { RowWinners } from './row-winners.ts';

export type RunServices = {
  imports: Pick<ImportStore, 'progress' | 'recordProgress' | 'finish'>;
  readers: Pick<ImportedReaderStore, 'takeIn'>;
  files: Files;
  queue: Pick<Queue<ImportMessage>, 'send'>;
  remainingMilliseconds: () => number;
  /** Writes under way at once. */
  atOnce?: number;
} & Pick<RowContext, 'identityKey' | 'listKey' | 'locale' | 'topics'> & { now: () => Date };

/** A stretch of rows takes seconds, the report a little longer. */
const needed = 30_000;

/**
 * Takes a list in, stretch by stretch, and goes on behind the last stretch that is written down. A row does the same however
 * often it comes, and a stretch is counted when it is whole, once: whoever dies, or is handed the same message twice, changes
 * no figure.
 */
export async function runImport(wanted: ReaderImport, services: RunServices): Promise<'finished' | 'postponed' | 'elsewhere'> {
  const { imports, files, queue } = services;
  const { reading } = wanted;
  if (!reading) throw new Error(`The import ${wanted.id} was started unread.`);
  const key = importFiles.upload(wanted.uploadId);
  let progress = (await imports.progress(wanted.id)) ?? beginning(wanted);
  if (!progress.last) {
    const context: RowContext = { ...services, reading, now: new Date(wanted.startedAt ?? wanted.createdAt) };
    const winners = await findWinners(files, key, context);
    for await (const stretch of stretches(files, key, context, progress)) {
      const next = await takeInStretch(wanted, stretch, { progress, winners, services });
      if (!next) return 'elsewhere';
      progress = next;
      if (progress.last || services.remainingMilliseconds() > needed) continue;
      await queue.send({ id: wanted.id });
      return 'postponed';
    }
  }
  await writeReport(wanted.id, progress.chunk, files);
  await imports.finish(wanted.id, progress.at);
  return 'finished';
}

const beginning = ({ startedAt, createdAt }: ReaderImport): ImportProgress => ({
  ...{ chunk: 0, offset: 0, row: 0, counts: Counts.parse({}), askable: 0, at: startedAt ?? createdAt, last: false },
});

type Stretch = { rows: ReadRow[]; offset: number; row: number; last: boolean };

async function* stretches(files: Files, key: string, context: RowContext, from: ImportProgress): AsyncGenerator<Stretch> {
  let rows: ReadRow[] = [];
  let [offset, row] = [from.offset, from.row];
  for await (const block of listRows(files, key, { reading: context.reading, from }))
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

type Around = { progress: ImportProgress; winners: RowWinners; services: RunServices };

/** Undefined when somebody else has written this stretch down. */
async function takeInStretch(
  { id }: ReaderImport,
  { rows, offset, row, last }: Stretch,
  { progress, winners, services }: Around,
): Promise<ImportProgress | undefined> {
  const { readers, imports, files, now, atOnce = 64 } = services;
  const chunk = progress.chunk + 1;
  const outcomes = new Array<TakenIn | 'duplicate'>(rows.length);
  const left = rows.entries();
  const takeNext = async () => {
    for (const [n, read] of left) {
      if (!('reader' in read)) continue;
      const counting = winners.counts(read.reader.id, read.row);
      outcomes[n] = counting ? await readers.takeIn({ ...read.reader, importId: id }, now()) : 'duplicate';
    }
  };
  await Promise.all(Array.from({ length: atOnce }, takeNext));

  const counts = structuredClone(progress.counts);
  const lines: ReportLine[] = [];
  for (const [n, read] of rows.entries()) {
    const outcome = outcomes[n] ?? 'refused';
    const fault = 'fault' in read ? read.fault : undefined;
    count(counts, outcome, fault);
    if (isReported(outcome)) lines.push({ row: read.row, address: read.address, outcome, ...(fault && { fault }) });
  }
  if (lines.length > 0) await files.put(importFiles.lines(id, chunk), reportLines(lines), 'text/csv; charset=utf-8');
  const kept = rows.flatMap((read, n) => (outcomes[n] === 'kept' && isAskable(read, now()) ? [read.reader.id] : []));
  const next: ImportProgress = {
    ...{ chunk, offset, row, counts, at: now().toISOString(), last, askable: progress.askable + kept.length },
    ...(kept.length > 0 && { kept: packedIds(kept) }),
  };
  return (await imports.recordProgress(id, next)) ? next : undefined;
}

/** Who never confirmed may be asked while it is not too long ago; without a date nobody can tell. */
const isAskable = (read: ReadRow, now: Date): read is Extract<ReadRow, { reader: unknown }> =>
  'reader' in read && read.reader.at !== undefined && read.reader.at >= monthsBefore(now);

/** Every row that was not done as it says. */
const isReported = (outcome: TakenIn | 'duplicate' | 'refused') =>
  outcome === 'refused' || outcome === 'duplicate' || outcome.startsWith('stays_');
