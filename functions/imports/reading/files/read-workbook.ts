import { zipSync } from 'fflate';
import { type ArchiveEntry, unpacked } from '../../../issues/formats/zip-archive.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { mostColumns } from '../columns/state-column.ts';
import type { TableRow } from '../recognise-table.ts';

type Sheet = { name: string; rows: TableRow[] };

/** A sheet of a million rows has another million behind it in no table that a person keeps. */
const mostCells = 4_000_000;
const needed =
  /^(?:xl\/(?:workbook\.xml|sharedStrings\.xml|styles\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)|\[Content_Types\]\.xml)$/i;

export const isWorkbook = (entries: readonly ArchiveEntry[]): boolean => entries.some(({ path }) => path === 'xl/workbook.xml');

/**
 * The sheets of an Excel workbook, cells as texts: dates as ISO, true and false as words. Only parts whose size was checked while
 * unpacking come to the library, and only if no cell is so far out that its row would fill the memory.
 * @throws Refusal `workbook_damaged`, `list_too_many_columns`, `list_too_long`
 */
export async function readWorkbook(entries: readonly ArchiveEntry[]): Promise<Sheet[]> {
  const parts = entries.filter(({ path }) => needed.test(path)).map((entry) => [entry.path, unpacked(entry)] as const);
  for (const [path, bytes] of parts) if (path.startsWith('xl/worksheets/')) checkReach(bytes);
  const clean = zipSync(Object.fromEntries(parts), { level: 0 });
  const { default: readSheets } = await import('read-excel-file/universal');
  try {
    const sheets = await readSheets(clean.buffer as ArrayBuffer);
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((cells, n) => ({ row: n + 1, cells: cells.map(textOf) })) }));
  } catch {
    // Whatever the library stumbles over, it is the file that it cannot read.
    throw new Refusal('workbook_damaged');
  }
}

/** Where the cells of a sheet reach to: the library fills the square up to there. */
function checkReach(bytes: Uint8Array) {
  const xml = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let [widest, longest] = [0, 0];
  for (const [, letters = '', digits = ''] of xml.matchAll(/\br=["']([A-Z]{1,6})(\d{1,10})["']/g)) {
    widest = Math.max(widest, columnOf(letters));
    longest = Math.max(longest, Number(digits));
  }
  if (widest > mostColumns) throw new Refusal('list_too_many_columns', { columns: widest, most: mostColumns });
  if (widest * longest > mostCells) throw new Refusal('list_too_long', { rows: Math.floor(mostCells / Math.max(1, widest)) });
}

const columnOf = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return String(value);
}
