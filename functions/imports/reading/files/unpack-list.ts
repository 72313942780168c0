import { type ArchiveEntry, archiveEntries, isZip, unpacked as unpackEntry } from '../../../issues/formats/zip-archive.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { megabytes } from '../../../platform/refusals/refusal-kind.ts';
import type { Corrections, ListReading, TableCorrections, TableReading } from '../list-reading.ts';
import { boundedCell } from '../read-address-cell.ts';
import { recogniseTable, type TableRow } from '../recognise-table.ts';
import { mailboxesIn } from './mailbox-lines.ts';
import { recogniseShape, textRows } from './read-text-table.ts';
import { isWorkbook, readWorkbook } from './read-workbook.ts';

/** Rows of several lists, or of one that is no table, one by one in JSON Lines: the list, the row's number in it, its cells. */
export type ReadList = { reading: ListReading; rows: string };

type Table = { name: string; names: readonly string[]; rows: TableRow[] };

/** Bytes: what one turn unpacks, reads and writes down. */
const mostUnpacked = 64 * 1024 * 1024;
const mostTables = 40;

/** The same for all that was unpacked: JSON Lines in UTF-8. */
const shape = { encoding: 'utf-8', newline: '\n', delimiter: ',', json: true } as const;

/**
 * The lists in a ZIP archive or an Excel workbook as one. A list in it without addresses is none; one of events is left out until an
 * editor says otherwise.
 * @throws Refusal `list_without_addresses`, `archive_…`, `workbook_damaged`
 */
export async function unpackArchive(bytes: Uint8Array, filename: string, said: Corrections): Promise<ReadList> {
  const entries = entriesOf(bytes);
  const workbook = isWorkbook(entries);
  const tables = workbook ? await sheetsOf(entries, [filename]) : await tablesIn(entries, filename, said);
  return unpacked(workbook ? 'workbook' : 'archive', tables, said);
}

/** Lines of mailboxes as a list with one column and one person a row. */
export function unpackMailboxes(lines: readonly { row: number; text: string }[], filename: string, said: Corrections): ReadList {
  const rows = lines.flatMap(({ row, text }) => (mailboxesIn(text) ?? [text.trim()]).map((mailbox) => ({ row, cells: [mailbox] })));
  return unpacked('addresses', [{ name: '', names: [filename], rows }], { ...said, hasNames: false });
}

/** @throws Refusal `archive_…` */
function entriesOf(bytes: Uint8Array): ArchiveEntry[] {
  const entries = archiveEntries(bytes).filter(({ path }) => !isLeftover(path));
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > mostUnpacked)
    throw new Refusal('archive_too_large', { megabytes: megabytes(total), limitMegabytes: megabytes(mostUnpacked) });
  return entries;
}

/** What systems leave in archives, and what is hidden. */
const isLeftover = (path: string) => path.endsWith('/') || path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

async function tablesIn(entries: readonly ArchiveEntry[], filename: string, said: Corrections): Promise<Table[]> {
  const tables: Table[] = [];
  for (const entry of entries.filter(({ path }) => /\.(?:csv|tsv|tab|txt|xlsx)$/i.test(path))) {
    const bytes = unpackEntry(entry);
    // The archive is one list's; what its folders and files are called says more than what it is called itself.
    const names = [filename, ...entry.path.split('/')];
    if (isZip(bytes)) tables.push(...(await sheetsOf(entriesOf(bytes), names, entry.path)));
    else if (bytes.length > 0) tables.push({ name: entry.path, names, rows: textRows(bytes, recogniseShape(bytes, said), true) });
  }
  return tables;
}

async function sheetsOf(entries: readonly ArchiveEntry[], names: readonly string[], path?: string): Promise<Table[]> {
  if (!isWorkbook(entries)) return [];
  const sheets = await readWorkbook(entries);
  return sheets.map(({ name, rows }) => ({ name: path === undefined ? name : `${path}: ${name}`, names: [...names, name], rows }));
}

function unpacked(kind: NonNullable<ListReading['unpacked']>, tables: readonly Table[], said: Corrections): ReadList {
  const isAlone = tables.length === 1 && kind !== 'archive';
  const recognised = ({ name, names, rows }: Table, own: TableCorrections) =>
    recogniseTable(rows, { name: isAlone ? '' : name, names, said: { ...own, hasNames: said.hasNames } });
  // Places are counted among lists of people, before anything that an editor has said about them.
  const lists = tables.filter((table) => recognised(table, {}) !== undefined || (isAlone && recognised(table, said) !== undefined));
  const found = lists.flatMap((table, n) => {
    const reading = recognised(table, n === 0 ? said : (said.others?.[String(n)] ?? {}));
    return reading ? [{ reading, rows: table.rows }] : [];
  });
  const [first, ...others] = found;
  if (!first || found.length > mostTables) throw new Refusal('list_without_addresses');
  const reading: ListReading = { ...first.reading, ...shape, unpacked: kind, others: others.map((each) => each.reading) };
  return { reading, rows: found.flatMap(({ reading: table, rows }, n) => lines(n, table, rows)).join('') };
}

function lines(list: number, { skip, used }: TableReading, rows: readonly TableRow[]): string[] {
  if (!used) return [];
  return rows
    .filter(({ row, cells }) => row > skip && cells.some((cell) => cell.trim() !== ''))
    .map(({ row, cells }) => `${JSON.stringify([list, row, cells.map(boundedCell)])}\n`);
}
