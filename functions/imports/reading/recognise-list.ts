import { readerColumns } from '../../exports/reader-row.ts';
import { isZip } from '../../issues/formats/zip-archive.ts';
import { Refusal } from '../../platform/refusal.ts';
import { isMailboxLines, type MailboxLine } from './files/mailbox-lines.ts';
import { recogniseShape, textRows } from './files/read-text-table.ts';
import type { ReadList } from './files/unpack-list.ts';
import type { Columns, Corrections, ListReading } from './list-reading.ts';
import { recogniseTable } from './recognise-table.ts';
import type { Encoding } from './table-shape.ts';

/** Enough of a file to know it by. */
export const headBytes = 256 * 1024;

const rowsLookedAt = 1_000;

type ListFile = {
  /** Its beginning, up to {@link headBytes}. */
  head: Uint8Array;
  filename: string;
  /** All of it, where a part is not enough. */
  whole: () => Promise<Uint8Array>;
};

/**
 * How to read a list, from its beginning and its name; what an editor says outweighs what was recognised. An archive, a workbook and
 * lines of mailboxes are no table of which a part can be read: their rows come with it, one by one.
 * @throws Refusal `list_without_addresses`, `list_too_many_columns`, `archive_…`, `workbook_damaged`
 */
export async function recogniseFile(
  { head, filename, whole }: ListFile,
  said: Corrections,
): Promise<{ reading: ListReading } & Partial<ReadList>> {
  if (isZip(head)) return (await import('./files/unpack-list.ts')).unpackArchive(await whole(), filename, said);
  const isTable = said.columns !== undefined || said.delimiter !== undefined || said.hasNames !== undefined;
  if (!isTable && isMailboxLines(linesOf(head, said).slice(0, rowsLookedAt))) {
    const { unpackMailboxes } = await import('./files/unpack-list.ts');
    return unpackMailboxes(linesOf(await whole(), said), filename, said);
  }
  return { reading: recogniseList(head, filename, said) };
}

/**
 * How to read a table, or our own export.
 * @throws Refusal `list_without_addresses`, `list_too_many_columns`
 */
export function recogniseList(head: Uint8Array, filename: string, said: Corrections = {}): ListReading {
  const shape = recogniseShape(head, said);
  if (/^\ufeff?\s*\{"/.test(new TextDecoder(shape.encoding).decode(head.subarray(0, 100)))) return ownJson(shape.encoding, shape.newline);
  const rows = textRows(head, shape, head.length < headBytes).slice(0, rowsLookedAt);
  const table = recogniseTable(rows, { name: '', names: [filename], said });
  if (!table) throw new Refusal('list_without_addresses');
  // Excel's `sep=` is a row of the file, and none of the list.
  const skip = Math.max(table.skip, (rows[0]?.row ?? 1) - 1);
  return { ...table, ...shape, skip, json: false, others: [] };
}

function linesOf(bytes: Uint8Array, said: Corrections): MailboxLine[] {
  const { encoding } = recogniseShape(bytes.subarray(0, headBytes), { ...said, delimiter: ',' });
  const text = new TextDecoder(encoding).decode(bytes);
  return text.split(/\r\n|\n|\r/).map((line, n) => ({ row: n + 1, text: line }));
}

const ownJson = (encoding: Encoding, newline: '\n' | '\r'): ListReading => ({
  name: '',
  format: 'periodical',
  encoding,
  newline,
  delimiter: ',',
  json: true,
  skip: 0,
  names: [...readerColumns],
  columns: ownColumns,
  states: [],
  status: 'subscribed',
  used: true,
  others: [],
});

const ownColumns: Columns = {
  address: readerColumns.indexOf('email'),
  language: readerColumns.indexOf('locale'),
  topics: readerColumns.indexOf('topics'),
};
