import type { Files } from '../platform/bucket.ts';
import { Refusal } from '../platform/refusal.ts';
import { listRows } from './list-rows.ts';
import { OutweighedRows } from './outweighed-rows.ts';
import { importFiles, mostRows, type ReaderImport } from './reader-import.ts';
import type { ListReading } from './reading/list-reading.ts';
import { type RowContext, readRow } from './reading/read-row.ts';
import { RowWinners } from './row-winners.ts';
import { Survey, SurveyCounts } from './survey.ts';

export type SearchServices = { files: Pick<Files, 'bytes' | 'read' | 'put'>; remainingMilliseconds: () => number };

/** Writing down what is known about two million rows, 26 MB, takes less. */
const saveMs = 1_000;

/**
 * Walks over a whole list once, to know which of its rows do not count and what it leaves open. A walk that runs out of time writes down where it
 * is and what it knows, and answers undefined: the next call goes on from there. What it has found is kept with the list.
 * @throws Refusal `too_large` when it has more rows than a list may have
 */
export async function findOutweighedRows(
  { id, uploadId }: Pick<ReaderImport, 'id' | 'uploadId'>,
  context: RowContext,
  { files, remainingMilliseconds }: SearchServices,
): Promise<Searched | undefined> {
  const found = await files.read(importFiles.outweighed(id));
  const seen = await files.read(importFiles.surveyed(id));
  if (found && seen) return { outweighed: new OutweighedRows(found), surveyed: surveyIn(seen) };
  const search = searchFrom(await files.read(importFiles.search(id)), context.reading);
  for await (const rows of listRows(files, { id, uploadId }, { reading: context.reading, from: search })) {
    for (const raw of rows) {
      if (raw.row > mostRows + context.reading.skip) throw new Refusal('list_too_long', { rows: mostRows });
      const read = readRow(raw, context);
      search.survey.add(raw, read);
      const loser = 'reader' in read ? search.winners.add(read.reader.id, read.reader.status, read.row) : undefined;
      if (loser !== undefined) search.outweighed.add(loser);
      [search.offset, search.row] = [raw.next, raw.row];
    }
    if (rows.length === 0 || remainingMilliseconds() > saveMs) continue;
    await files.put(importFiles.search(id), packed(search), 'application/octet-stream');
    return undefined;
  }
  const { surveyed } = search.survey;
  await files.put(importFiles.surveyed(id), JSON.stringify(surveyed), 'application/json');
  await files.put(importFiles.outweighed(id), search.outweighed.bytes, 'application/octet-stream');
  return { outweighed: search.outweighed, surveyed };
}

/** Rows of a list that do not count, and what all of its rows leave open. */
type Searched = { outweighed: OutweighedRows; surveyed: SurveyCounts };

const surveyIn = (bytes: Uint8Array): SurveyCounts => SurveyCounts.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));

/** Everything up to `offset`, and the `row` that ends there, is known. */
type Search = { offset: number; row: number; winners: RowWinners; outweighed: OutweighedRows; survey: Survey };

/** Offset, row and the lengths of the winners and of the survey, as doubles, before these and the rest. */
const headBytes = 32;

function packed({ offset, row, winners, outweighed, survey }: Search): Uint8Array {
  const [table, seen] = [winners.packed(), Buffer.from(JSON.stringify(survey.surveyed))];
  const head = new Uint8Array(Float64Array.of(offset, row, table.length, seen.length).buffer);
  return Buffer.concat([head, table, seen, outweighed.bytes]);
}

function searchFrom(bytes: Uint8Array | undefined, reading: ListReading): Search {
  if (!bytes) return { offset: 0, row: 0, winners: new RowWinners(), outweighed: new OutweighedRows(), survey: new Survey(reading) };
  const [offset = 0, row = 0, tableLength = 0, seenLength = 0] = new Float64Array(new Uint8Array(bytes.subarray(0, headBytes)).buffer);
  const part = (from: number, length?: number) =>
    bytes.subarray(headBytes + from, length === undefined ? undefined : headBytes + from + length);
  return {
    offset,
    row,
    winners: RowWinners.unpacked(part(0, tableLength)),
    survey: new Survey(reading, surveyIn(part(tableLength, seenLength))),
    outweighed: new OutweighedRows(part(tableLength + seenLength)),
  };
}
