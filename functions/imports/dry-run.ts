import * as z from 'zod';
import type { Files } from '../platform/bucket.ts';
import { closedDirection } from '../platform/closed-direction.ts';
import { jsonText } from '../platform/json-text.ts';
import { outcomeOf, rowStatuses } from '../subscribers/imported/imported-reader.ts';
import type { ImportedReaderStore } from '../subscribers/imported/imported-reader-store.ts';
import { listRows } from './list-rows.ts';
import type { OutweighedRows } from './outweighed-rows.ts';
import { Counts, count, importFiles, type ReaderImport, type RowOutcome, rowOutcomes } from './reader-import.ts';
import { ToldTopics, TopicCounts } from './reading/named-topics.ts';
import { type ListRow, type ReadRow, type RowContext, readRow, rowFaults } from './reading/read-row.ts';

/** A row as an editor is shown what would become of it. */
const SampleRow = z.object({
  row: z.int(),
  address: z.string(),
  status: z.enum(rowStatuses).optional(),
  at: z.string().optional(),
  reason: z.enum(rowFaults).optional(),
  /** Where there are several: the list's name, and the row's number in it. */
  list: z.string().optional(),
  line: z.int().optional(),
  /** The cell that takes somebody off, or that nobody understands. */
  because: z.object({ column: z.string(), cell: z.string() }).optional(),
  /** Of an address that looks mistyped: what was probably meant. */
  meant: z.string().optional(),
});
type SampleRow = z.infer<typeof SampleRow>;

/** What a dry run finds; it has addresses in it and so lies with the file, not in the table. */
export const DryRun = z.object({
  /** The first rows as they are, so that the columns can be looked at. */
  head: z.array(z.array(z.string())),
  samples: z.partialRecord(z.enum(rowOutcomes), z.array(SampleRow)),
  topics: ToldTopics,
});
export type DryRun = z.infer<typeof DryRun>;

/** How far a dry run has come: everything up to `offset` is looked at. */
const Progress = DryRun.extend({ offset: z.int(), row: z.int(), counts: Counts });
type Progress = z.infer<typeof Progress>;

export type DryRunServices = {
  readers: Pick<ImportedReaderStore, 'knownAmong'>;
  files: Pick<Files, 'bytes' | 'read' | 'put'>;
  remainingMilliseconds: () => number;
};

const headRows = 6;
const samplesEach = 5;
const longestCell = 120;
/** Looked up at once; BatchGetItem takes a hundred. */
const lookedUp = 100;
/** Writing down how far it has come takes less. */
const saveMs = 500;

/**
 * What would become of each row of a list. A dry run that runs out of time writes down how far it has come and answers
 * undefined: the next call goes on from there.
 */
export async function dryRun(
  { id, uploadId }: Pick<ReaderImport, 'id' | 'uploadId'>,
  context: RowContext,
  { outweighed, readers, files, remainingMilliseconds }: DryRunServices & { outweighed: OutweighedRows },
): Promise<{ counts: Counts; found: DryRun } | undefined> {
  const progress = progressFrom(await files.read(importFiles.trial(id)));
  const topics = new TopicCounts(progress.topics);
  for await (const rows of listRows(files, { id, uploadId }, { reading: context.reading, from: progress })) {
    await tryRows(rows, context, { progress, topics, outweighed, readers });
    const last = rows.at(-1);
    if (!last) continue;
    [progress.offset, progress.row] = [last.next, last.row];
    if (remainingMilliseconds() > saveMs) continue;
    await files.put(importFiles.trial(id), JSON.stringify({ ...progress, topics: topics.told() }), 'application/json');
    return undefined;
  }
  const { counts, head, samples } = progress;
  return { counts, found: { head, samples, topics: topics.told() } };
}

function progressFrom(bytes: Uint8Array | undefined): Progress {
  if (bytes) return jsonText(Progress).parse(Buffer.from(bytes).toString('utf8'));
  return { offset: 0, row: 0, counts: Counts.parse({}), head: [], samples: {}, topics: { chosen: {}, unknown: {} } };
}

type Around = Pick<DryRunServices, 'readers'> & { progress: Progress; topics: TopicCounts; outweighed: OutweighedRows };

async function tryRows(rows: readonly ListRow[], context: RowContext, { progress, topics, outweighed, readers }: Around) {
  const waiting: Waiting[] = [];
  const lookUp = async () => {
    const known = await readers.knownAmong(waiting.map(({ reader }) => reader.id));
    for (const read of waiting.splice(0)) {
      const { id, address = '', status, at } = read.reader;
      const said = { status, ...(at && { at }) };
      note({ ...sampleOf(read), address, ...said }, outcomeOf(known.get(id), said), progress);
    }
  };
  for (const raw of rows) {
    if (progress.head.length < headRows && 'cells' in raw) progress.head.push(shownCells(raw));
    const read = readRow(raw, context);
    if ('blank' in read) continue;
    if ('reader' in read) topics.add(read.named);
    if ('ask' in read) note(sampleOf(read), 'asked', progress);
    else if ('fault' in read)
      note({ ...sampleOf(read), reason: read.fault, ...(read.meant && { meant: read.meant }) }, 'refused', progress);
    else if (!outweighed.has(read.row)) waiting.push(read);
    else note({ ...sampleOf(read), status: read.reader.status }, 'duplicate', progress);
    if (waiting.length >= lookedUp) await lookUp();
  }
  if (waiting.length > 0) await lookUp();
}

type Waiting = Extract<ReadRow, { reader: unknown }>;

const sampleOf = (read: ReadRow) => ({
  row: read.row,
  address: closedDirection(read.address),
  ...(read.list !== undefined && { list: read.list }),
  ...(read.line !== undefined && { line: read.line }),
  ...('because' in read && read.because && { because: { ...read.because, cell: closedDirection(read.because.cell) } }),
});

function note(sample: SampleRow, outcome: RowOutcome, { counts, samples }: Progress) {
  count(counts, outcome, { fault: sample.reason, at: sample.at });
  const shown = samples[outcome] ?? [];
  samples[outcome] = shown;
  if (shown.length < samplesEach) shown.push(sample);
}

const shownCells = (raw: Extract<ListRow, { cells: string[] }>) =>
  raw.cells.slice(0, 40).map((cell) => closedDirection(cell.slice(0, longestCell)));
