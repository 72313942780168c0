import { readerColumns } from '../../exports/reader-row.ts';
import { readEmailAddress } from '../../mail/email-address.ts';
import { Refusal } from '../../platform/refusal.ts';
import { formats, plainColumns } from './formats.ts';
import { type Columns, type Corrections, type ListReading, mostColumns } from './list-reading.ts';
import { recogniseEncoding } from './recognise-encoding.ts';
import { type RowShape, RowSplitter } from './row-splitter.ts';
import { columnRoles, delimiters, type Encoding, type ListFormat } from './table-shape.ts';

/** Enough of a file to know it by. */
export const headBytes = 256 * 1024;

const rowsLookedAt = 200;

/**
 * How to read a list, from its beginning and its name; what an editor says outweighs what was recognised.
 * @throws Refusal `unreadable_file` when no column holds addresses
 */
export function recogniseList(head: Uint8Array, filename: string, said: Corrections = {}): ListReading {
  const encoding = said.encoding ?? recogniseEncoding(head);
  const text = new TextDecoder(encoding).decode(head);
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  if (/^\s*\{"/.test(text)) return ownJson(encoding, newline);
  const [, separator] = /^\ufeff?sep=([,;\t|])\r?\n/.exec(text) ?? [];
  const delimiter = said.delimiter ?? delimiters.find((known) => known === separator) ?? likeliestDelimiter(head, { encoding, newline });
  const rows = cellsIn(head, { encoding, newline, delimiter }).slice(separator === undefined ? 0 : 1);
  const [first = []] = rows;
  if (first.length > mostColumns)
    throw new Refusal('unreadable_file', `The first row has ${first.length} columns; a list may have ${mostColumns}.`);
  const hasNames = said.hasNames ?? !first.some(isAddress);
  const names = first.map((cell, n) => (hasNames && cell.trim() !== '' ? cell.trim().slice(0, 100) : `Column ${n + 1}`));
  const known = hasNames ? knownFormat(names) : undefined;
  const columns = said.columns ?? known?.columns ?? plainColumnsIn(hasNames ? names : [], rows.slice(hasNames ? 1 : 0));
  if (!columns || columns.address >= names.length)
    throw new Refusal(
      'unreadable_file',
      'No column of this file holds email addresses. Say which one does, or which delimiter or encoding it has.',
    );
  return {
    format: known?.format ?? 'plain',
    encoding,
    newline,
    delimiter,
    json: false,
    skip: (separator === undefined ? 0 : 1) + (hasNames ? 1 : 0),
    names,
    columns,
    standing: said.standing ?? standingOf(known?.standing, filename),
    stateIsOff: known?.stateIsOff === true && columns.state === known.columns.state,
  };
}

/** Mailchimp's files say in their names whom they hold; a list of contacts who never asked has the columns of one who did. */
function standingOf(known: ListReading['standing'] | undefined, filename: string): ListReading['standing'] {
  const [, said] = /^(nonsubscribed|unsubscribed|cleaned)_/i.exec(filename) ?? [];
  if (said?.toLowerCase() === 'nonsubscribed') return 'nonsubscribed';
  return known ?? (said ? (said.toLowerCase() === 'cleaned' ? 'bounced' : 'unsubscribed') : 'subscribed');
}

const ownJson = (encoding: Encoding, newline: '\n' | '\r'): ListReading => ({
  ...{ format: 'periodical', encoding, newline, delimiter: ',', json: true, skip: 0, names: [...readerColumns] },
  ...{ columns: ownColumns, standing: 'subscribed', stateIsOff: false },
});

const ownColumns: Columns = {
  address: readerColumns.indexOf('email'),
  state: readerColumns.indexOf('status'),
  language: readerColumns.indexOf('locale'),
  topics: readerColumns.indexOf('topics'),
};

function cellsIn(head: Uint8Array, shape: RowShape): string[][] {
  const splitter = new RowSplitter(shape);
  const rows = splitter.push(head);
  if (rows.length < 2 || head.length < headBytes) rows.push(...splitter.end());
  return rows.slice(0, rowsLookedAt).flatMap((row) => ('cells' in row && row.cells.some((cell) => cell.trim() !== '') ? [row.cells] : []));
}

/** The one that cuts most rows into the same number of cells, and more than one. */
function likeliestDelimiter(head: Uint8Array, shape: Omit<RowShape, 'delimiter'>): ListReading['delimiter'] {
  const scores = delimiters.map((delimiter) => {
    const rows = cellsIn(head, { ...shape, delimiter });
    const width = rows[0]?.length ?? 1;
    const alike = rows.filter((cells) => cells.length === width).length / Math.max(1, rows.length);
    return { delimiter, score: width > 1 ? alike * 1000 + Math.min(width, 50) : 0 };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function knownFormat(names: readonly string[]) {
  const lower = names.map((name) => name.toLowerCase());
  const place = (wanted: readonly string[] = []) => wanted.map((name) => lower.indexOf(name)).find((at) => at >= 0);
  for (const [format, shapes] of Object.entries(formats))
    for (const { has, hasOneOf, columns, standing, stateIsOff } of shapes) {
      if (!has.every((name) => lower.includes(name)) || (hasOneOf && place(hasOneOf) === undefined)) continue;
      const places = columnRoles.flatMap((role) => {
        const at = place(columns[role]);
        return at === undefined ? [] : [[role, at]];
      });
      const found = Object.fromEntries(places) as Partial<Columns>;
      if (found.address === undefined) continue;
      const at: Columns = { ...found, address: found.address };
      return { format: format as ListFormat, columns: at, ...(standing && { standing }), stateIsOff };
    }
  return undefined;
}

function plainColumnsIn(names: readonly string[], rows: readonly string[][]): Columns | undefined {
  const places = columnRoles.flatMap((role) => {
    const at = names.findIndex((name) => plainColumns[role].test(name.trim()));
    return at < 0 ? [] : [[role, at] as const];
  });
  const found = Object.fromEntries(places) as Partial<Columns>;
  const addresses = (column: number) => rows.filter((cells) => isAddress(cells[column] ?? '')).length;
  // What a column holds says more than what it is called: an address may be a street's.
  const widest = Math.max(0, ...rows.map((cells) => cells.length));
  const counts = Array.from({ length: widest }, (_, column) => addresses(column));
  const fullest = counts.indexOf(Math.max(0, ...counts));
  const address = found.address !== undefined && (rows.length === 0 || addresses(found.address) > 0) ? found.address : fullest;
  if (address < 0 || (rows.length > 0 && (counts[address] ?? 0) === 0)) return undefined;
  return { ...found, address };
}

const isAddress = (cell: string) => cell.includes('@') && typeof readEmailAddress(cell) !== 'string';
