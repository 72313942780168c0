import type { Files } from '../platform/bucket.ts';
import { Refusal } from '../platform/refusal.ts';
import { outcomeOf, type Standing } from '../subscribers/imported/imported-reader.ts';
import type { ImportedReaderStore } from '../subscribers/imported/imported-reader-store.ts';
import { findWinners } from './find-winners.ts';
import type { ImportStore } from './import-store.ts';
import { listRows } from './list-rows.ts';
import { Counts, count, importFiles, largestList, type ReaderImport, type RowOutcome } from './reader-import.ts';
import { type ToldTopics, TopicCounts } from './reading/named-topics.ts';
import { type RowContext, type RowFault, type RowReader, readRow } from './reading/read-row.ts';
import { headBytes, recogniseList } from './reading/recognise-list.ts';
import type { RawRow } from './reading/row-splitter.ts';
import type { RowWinners } from './row-winners.ts';

/** A row as an editor is shown what would become of it. */
export type SampleRow = { row: number; address: string; standing?: Standing; at?: string; reason?: RowFault };

/** What a dry run finds; it has addresses in it and so lies with the file, not in the table. */
export type DryRun = {
  /** The first rows as they are, so that the columns can be looked at. */
  head: string[][];
  samples: Partial<Record<RowOutcome, SampleRow[]>>;
  topics: ToldTopics;
};

export type CheckServices = {
  imports: Pick<ImportStore, 'recordCheck' | 'recordUnreadable'>;
  readers: Pick<ImportedReaderStore, 'knownAmong'>;
  files: Pick<Files, 'size' | 'bytes' | 'put'>;
} & Pick<RowContext, 'identityKey' | 'listKey' | 'locale' | 'topics'> & { now: () => Date };

const headRows = 6;
const samplesEach = 5;
const longestCell = 120;
/** Looked up at once; BatchGetItem takes a hundred. */
const lookedUp = 100;

/** Looks at a list without writing any of it: how it is read, what would become of each row, and the first of each kind. */
export async function checkImport(wanted: ReaderImport, services: CheckServices): Promise<'checked' | 'unreadable'> {
  const { imports, files } = services;
  const key = importFiles.upload(wanted.uploadId);
  try {
    const reading = recogniseList(await headOf(files, key), wanted.filename, wanted.corrections);
    const context: RowContext = { ...services, reading, now: services.now() };
    const winners = await findWinners(files, key, context);
    const { counts, dryRun } = await tried(key, context, winners, services);
    await files.put(importFiles.dryRun(wanted.id), JSON.stringify(dryRun), 'application/json');
    await imports.recordCheck(wanted.id, reading, counts);
    return 'checked';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await imports.recordUnreadable(wanted.id, error.message);
    return 'unreadable';
  }
}

async function headOf(files: CheckServices['files'], key: string): Promise<Uint8Array> {
  const size = await files.size(key);
  if (size === undefined) throw new Refusal('not_found', 'Nothing has arrived for this upload. Upload the file again.');
  if (size > largestList) throw new Refusal('too_large', `The file is larger than ${largestList / 1024 / 1024} MB.`);
  const blocks: Uint8Array[] = [];
  let got = 0;
  for await (const block of files.bytes(key)) {
    blocks.push(block.subarray(0, headBytes - got));
    got += block.length;
    if (got >= headBytes) break;
  }
  if (got === 0) throw new Refusal('unreadable_file', 'The file is empty.');
  return Buffer.concat(blocks);
}

async function tried(key: string, context: RowContext, winners: RowWinners, { files, readers }: CheckServices) {
  const counts = Counts.parse({});
  const dryRun: Omit<DryRun, 'topics'> = { head: [], samples: {} };
  const topics = new TopicCounts();
  const note = (sample: SampleRow, outcome: RowOutcome) => {
    count(counts, outcome, sample.reason);
    const shown = dryRun.samples[outcome] ?? [];
    dryRun.samples[outcome] = shown;
    if (shown.length < samplesEach) shown.push(sample);
  };
  const lookUp = async (some: RowReader[]) => {
    const known = await readers.knownAmong(some.map(({ id }) => id));
    for (const { id, row, address = '', standing, at } of some.splice(0))
      note({ row, address, standing, ...(at && { at }) }, outcomeOf(known.get(id), { standing, ...(at && { at }) }));
  };
  const waiting: RowReader[] = [];
  for await (const rows of listRows(files, key, context))
    for (const raw of rows) {
      if (dryRun.head.length < headRows && 'cells' in raw) dryRun.head.push(shownCells(raw));
      const read = readRow(raw, context);
      if ('blank' in read) continue;
      if ('reader' in read) topics.add(read.named);
      if ('fault' in read) note({ row: read.row, address: read.address, reason: read.fault }, 'refused');
      else if (winners.counts(read.reader.id, read.row)) waiting.push(read.reader);
      else note({ row: read.row, address: read.address, standing: read.reader.standing }, 'duplicate');
      if (waiting.length >= lookedUp) await lookUp(waiting);
    }
  await lookUp(waiting);
  return { counts, dryRun: { ...dryRun, topics: topics.told() } satisfies DryRun };
}

const shownCells = (raw: Extract<RawRow, { cells: string[] }>) => raw.cells.slice(0, 40).map((cell) => cell.slice(0, longestCell));
