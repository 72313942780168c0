import { undefused } from '../../exports/defuse.ts';
import { type ReaderColumn, readerColumns, separatedTopics } from '../../exports/reader-row.ts';
import { suggestedAddress } from '../../mail/suggested-address.ts';
import type { Topic } from '../../settings/topics.ts';
import type { ImportedReader, RowStatus } from '../../subscribers/imported/imported-reader.ts';
import { subscriberId } from '../../subscribers/subscriber-id.ts';
import { type ReaderLocale, readerLocaleOf, readerLocales } from '../../words/locale.ts';
import { isPlainDateName } from './columns/column-names.ts';
import { readDate } from './dates/read-date.ts';
import type { Corrections, ListReading, TableReading } from './list-reading.ts';
import { tablesOf } from './list-reading.ts';
import { type NamedTopics, namedTopics } from './named-topics.ts';
import { idIn, importIn, ownFacts, ownStatus } from './own-facts.ts';
import { boundedCell, readAddressCell } from './read-address-cell.ts';
import type { RawRow } from './row-splitter.ts';
import { type RowReading, rowStatus } from './row-status.ts';

/** Why a row is not taken in. */
export const rowFaults = [
  ...(['empty', 'malformed', 'local_part_not_ascii', 'too_long_address', 'undecodable', 'mistyped'] as const),
  ...(['quote_open', 'too_long', 'too_few_columns', 'not_json'] as const),
  ...(['unknown_state', 'never_subscribed', 'another_list', 'unknown_reader'] as const),
] as const;
export type RowFault = (typeof rowFaults)[number];

type RowReader = Omit<ImportedReader, 'importId'>;
/** The cell that decided a reader's status. */
type RowReason = { column: string; cell: string };

/**
 * `address`: as the row has it, for the report; `named`: what it says about topics; `because`: which cell takes the reader off;
 * `ask`: what an editor has to say before anybody can tell the reader's status.
 */
export type ReadRow = { row: number; list?: string; line?: number; address: string } & (
  | { reader: RowReader; named?: NamedTopics; because?: RowReason }
  | { fault: RowFault; because?: RowReason; meant?: string }
  | { ask: Exclude<RowReading, { status: unknown }>; because?: RowReason }
  | { blank: true }
);

export type RowContext = {
  reading: ListReading;
  identityKey: string;
  listKey: string;
  locale: ReaderLocale;
  /** Of the settings. */
  topics: readonly Topic[];
  /** What an editor has said about topics and mistyped addresses. */
  said?: Pick<Corrections, 'topics' | 'mistyped'>;
  now: Date;
};

/** What a row says, as an import understands it. */
export function readRow(raw: ListRow, context: RowContext): ReadRow {
  const { row } = raw;
  if (!('cells' in raw)) return { row, address: '', fault: raw.fault };
  const table = tablesOf(context.reading)[raw.table ?? 0] ?? context.reading;
  const cells = raw.cells;
  const place = { row, ...(table.name !== '' && { list: table.name }), ...(raw.line !== undefined && { line: raw.line }) };
  if (cells.every((cell) => cell.trim() === '')) return { ...place, address: '', blank: true };
  if (table.format === 'periodical')
    return ownRow(place, context.reading.json ? jsonCells(cells[0] ?? '') : cells.map(undefused), table, context);
  const { columns } = table;
  const address = boundedCell(cells[columns.address] ?? '');
  const shown = { ...place, address: address.slice(0, 320) };
  if (columns.address >= cells.length) return { ...shown, fault: 'too_few_columns' };
  return personRow(raw, table, shown, address, context);
}

type Shown = { row: number; list?: string; line?: number; address: string };

function personRow(
  raw: Extract<ListRow, { cells: string[] }>,
  table: TableReading,
  shown: Shown,
  address: string,
  context: RowContext,
): ReadRow {
  const { row, cells } = raw;
  const { columns } = table;
  const says = rowStatus(cells, table);
  // The row has to name a person first.
  const person = withAddress(shown, address, context, { row, locale: context.locale, topics: [], status: 'unconfirmed' });
  if (!('reader' in person)) return person;
  const known = { ...shown, address: person.reader.address ?? shown.address };
  const because = becauseOf(says, table);
  if ('ask' in says) return { ...known, ask: says, ...(because && { because }) };
  const { status } = says;
  if (status === 'nonsubscribed') return { ...known, fault: 'never_subscribed', ...(because && { because }) };
  const left = status !== 'subscribed' && status !== 'unconfirmed';
  const meant = left || context.said?.mistyped === 'take' ? undefined : mistyped(person.reader.address ?? '');
  if (meant !== undefined) return { ...known, fault: 'mistyped', meant };
  const at = left ? leavingDate(cells, says.column, table, context.now) : consentDate(cells, table, context.now);
  const named = namedTopics(boundedCell(cellAt(cells, columns.topics) ?? ''), boundedCell(cellAt(cells, columns.tags) ?? ''), context);
  const locale = readerLocaleOf(boundedCell(cellAt(cells, columns.language) ?? '')) ?? context.locale;
  const reader: RowReader = { ...person.reader, locale, topics: named.chosen, status, ...(at && { at }) };
  return { ...shown, reader, named, ...(because && left && { because }) };
}

/** The cell that decided, as an editor is shown it. */
function becauseOf(says: RowReading, { names }: TableReading): RowReason | undefined {
  if (!('column' in says) || says.column === undefined) return undefined;
  return { column: names[says.column] ?? '', cell: (says.cell ?? '').slice(0, 60) };
}

/**
 * When somebody left: the date in the cell that says so, else in another column that would say so. When they signed up says nothing
 * about it, but a column that is only called a date is about whatever the row says.
 */
function leavingDate(cells: readonly string[], column: number | undefined, table: TableReading, now: Date): string | undefined {
  const filled = table.states.flatMap((state) => (state.reads === 'filled' ? [state.column] : []));
  const { date } = table.columns;
  const plain = date !== undefined && isPlainDateName(table.names[date] ?? '') ? [date] : [];
  for (const each of [column, ...filled, ...plain]) {
    const at = dateOf(cells, each, table, now);
    if (at !== undefined) return at;
  }
  return undefined;
}

function consentDate(cells: readonly string[], table: TableReading, now: Date): string | undefined {
  return dateOf(cells, table.columns.date, table, now) ?? dateOf(cells, table.columns.dateElse, table, now);
}

function dateOf(cells: readonly string[], column: number | undefined, { dateOrder }: TableReading, now: Date): string | undefined {
  const cell = cellAt(cells, column);
  if (cell === undefined || cell === '') return undefined;
  return readDate(boundedCell(cell), { order: dateOrder === 'unknown' ? undefined : dateOrder, numbers: true, now });
}

const meantBy = new Map<string, string | undefined>();
const rememberedDomains = 20_000;

/** The address that was probably meant. Domains are few, and looked at once. */
function mistyped(address: string): string | undefined {
  const domain = address.slice(address.lastIndexOf('@'));
  if (!meantBy.has(domain)) {
    if (meantBy.size >= rememberedDomains) meantBy.clear();
    meantBy.set(domain, suggestedAddress(`x${domain}`));
  }
  const meant = meantBy.get(domain);
  return meant && `${address.slice(0, -domain.length)}${meant.slice(1)}`;
}

type Facts = Omit<RowReader, 'id' | 'address'>;

function withAddress(shown: Shown, address: string, { identityKey }: RowContext, facts: Facts): ReadRow {
  if (address.includes('\ufffd')) return { ...shown, fault: 'undecodable' };
  const read = readAddressCell(address);
  if (typeof read === 'string') return { ...shown, fault: read === 'too_long' ? 'too_long_address' : read };
  return { ...shown, reader: { id: subscriberId(identityKey, read.identity), address: read.address, ...facts } };
}

/** A row of a file, or of one of its lists with the row's number there. */
export type ListRow = RawRow & { table?: number; line?: number };

/** A row of our own export: nothing in it is guessed. */
function ownRow(place: Omit<Shown, 'address'>, cells: readonly string[] | undefined, table: TableReading, context: RowContext): ReadRow {
  const { row } = place;
  if (!cells) return { ...place, address: '', fault: 'not_json' };
  const places = placesIn(table);
  const cell = (column: ReaderColumn) => cells[places.get(column) ?? -1] ?? '';
  const address = cell('email');
  const shown = { ...place, address: address.slice(0, 320) };
  const status = ownStatus(cell('status'), cell('reason'));
  // Another newsletter's topics mean nothing here, and a reader with only such topics would get almost nothing.
  const own = cell('list_key') === context.listKey;
  if (!status) return { ...shown, fault: 'unknown_state' };
  const at = readDate(cell(dateColumns[status]), { now: context.now });
  const topics = separatedTopics(cell('topics')).filter((topic) => own || context.topics.some(({ id }) => id === topic));
  const consentImport = importIn(cell('consent_import'));
  const more = ownFacts(status, topics, cell);
  if (!more) return { ...shown, fault: 'unknown_reader' };
  const facts: Facts = {
    row,
    status,
    locale: readerLocales.find((locale) => locale === cell('locale')) ?? context.locale,
    topics,
    own: more,
    ...(at && { at }),
    ...(consentImport && { consentImport }),
    ...(isLeavingWay(cell('left_by')) && { leftBy: cell('left_by') as NonNullable<RowReader['leftBy']> }),
  };
  if (address !== '') return withAddress(shown, address, context, facts);
  const id = idIn(cell('reader_id'));
  if (!id || !['bounced', 'complained', 'erased', 'moved'].includes(status)) return { ...shown, fault: 'unknown_reader' };
  return own ? { ...shown, reader: { id, ...facts } } : { ...shown, fault: 'another_list' };
}

const ownPlaces = new WeakMap<TableReading, ReadonlyMap<string, number>>();

function placesIn(reading: TableReading): ReadonlyMap<string, number> {
  const known = ownPlaces.get(reading) ?? new Map(reading.names.map((name, n) => [name.toLowerCase(), n]));
  ownPlaces.set(reading, known);
  return known;
}

const dateColumns: Record<RowStatus, ReaderColumn> = {
  subscribed: 'confirmed_at',
  unconfirmed: 'signed_up_at',
  unsubscribed: 'left_at',
  bounced: 'suppressed_at',
  complained: 'suppressed_at',
  erased: 'erased_at',
  moved: 'moved_at',
};

const isLeavingWay = (word: string) => ['one-click', 'page', 'editor', 'import'].includes(word);

/** A line of JSON as the cells of a row; what holds no text, and no topics, is empty. */
function jsonCells(line: string): string[] | undefined {
  try {
    const object = JSON.parse(line) as Partial<Record<string, unknown>>;
    return readerColumns.map((column) => {
      const value = object[column];
      if (column === 'topics' && Array.isArray(value)) return value.map((topic) => String(topic).replace(/[\\;]/g, '\\$&')).join(';');
      return typeof value === 'string' ? value : '';
    });
  } catch {
    return undefined;
  }
}

const cellAt = (cells: readonly string[], column: number | undefined) => (column === undefined ? undefined : cells[column]);
