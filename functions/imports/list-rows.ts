import type { Files } from '../platform/bucket.ts';
import type { ListReading } from './reading/list-reading.ts';
import { type RawRow, RowSplitter } from './reading/row-splitter.ts';

/** Files come in blocks of megabytes; the rows of a whole block, cells and all, would be most of what an import holds. */
const pieceBytes = 64 * 1024;

/** The rows of a list behind a place in it, with none of the rows that come before the first reader. */
export async function* listRows(
  files: Pick<Files, 'bytes'>,
  key: string,
  { reading, from = { offset: 0, row: 0 } }: { reading: ListReading; from?: { offset: number; row: number } },
): AsyncGenerator<RawRow[]> {
  const splitter = new RowSplitter(reading, from);
  const readers = (rows: RawRow[]) => (from.row >= reading.skip ? rows : rows.filter(({ row }) => row > reading.skip));
  for await (const block of files.bytes(key, from.offset))
    for (let at = 0; at < block.length; at += pieceBytes) yield readers(splitter.push(block.subarray(at, at + pieceBytes)));
  yield readers(splitter.end());
}
