import type { Files } from '../platform/bucket.ts';
import { importFiles, type ReaderImport } from './reader-import.ts';
import type { ListReading } from './reading/list-reading.ts';
import type { ListRow } from './reading/read-row.ts';
import { type RawRow, RowSplitter } from './reading/row-splitter.ts';

/** Files come in blocks of megabytes; the rows of a whole block, cells and all, would be most of what an import holds. */
const pieceBytes = 64 * 1024;

type From = { offset: number; row: number };

/** The rows of a list behind a place in it, with none of the rows that come before the first reader. */
export async function* listRows(
  files: Pick<Files, 'bytes'>,
  { id, uploadId }: Pick<ReaderImport, 'id' | 'uploadId'>,
  { reading, from = { offset: 0, row: 0 } }: { reading: ListReading; from?: From },
): AsyncGenerator<ListRow[]> {
  const splitter = new RowSplitter(reading, from);
  const key = reading.unpacked ? importFiles.unpacked(id) : importFiles.upload(uploadId);
  const readers = reading.unpacked ? (rows: RawRow[]) => rows.map(unpackedRow) : behindNames(reading, from);
  for await (const block of files.bytes(key, from.offset))
    for (let at = 0; at < block.length; at += pieceBytes) yield readers(splitter.push(block.subarray(at, at + pieceBytes)));
  yield readers(splitter.end());
}

const behindNames = (reading: ListReading, from: From) => (rows: RawRow[]) =>
  from.row >= reading.skip ? rows : rows.filter(({ row }) => row > reading.skip);

/** As it was written down when its archive, workbook or line was unpacked. */
function unpackedRow(raw: RawRow): ListRow {
  if (!('cells' in raw)) return raw;
  const [table, line, cells] = JSON.parse(raw.cells[0] ?? '') as [number, number, string[]];
  return { ...raw, cells, table, line };
}
