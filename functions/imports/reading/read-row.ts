import { undefused } from '../../exports/defuse.ts';
import { type ReaderColumn, readerColumns, separatedTopics } from '../../exports/reader-row.ts';
import { readEmailAddress } from '../../mail/email-address.ts';
import { type ReaderLocale, readerLocaleOf, readerLocales } from '../../platform/locale.ts';
import type { Topic } from '../../platform/topics.ts';
import type { ImportedReader, Standing } from '../../subscribers/imported/imported-reader.ts';
import { subscriberId } from '../../subscribers/subscriber-id.ts';
import type { ListReading } from './list-reading.ts';
import { type NamedTopics, namedTopics } from './named-topics.ts';
import { idIn, importIn, ownFacts } from './own-facts.ts';
import { readDate } from './read-date.ts';
import type { RawRow } from './row-splitter.ts';
import { ownStanding, type RowStanding, readStanding } from './standing-words.ts';

/** Why a row is not taken in. */
export const rowFaults = [
  ...(['empty', 'malformed', 'local_part_not_ascii', 'too_long_address', 'undecodable'] as const),
  ...(['quote_open', 'too_long', 'too_few_columns', 'not_json'] as const),
  ...(['unknown_state', 'never_subscribed', 'another_list', 'unknown_reader'] as const),
] as const;
export type RowFault = (typeof rowFaults)[number];

export type RowReader = Omit<ImportedReader, 'importId'>;
/** `address`: as the row has it, for the report; `named`: what it says about topics. */
export type ReadRow = { row: number; address: string } & (
  | { reader: RowReader; named?: NamedTopics }
  | { fault: RowFault }
  | { blank: true }
);

export type RowContext = {
  reading: ListReading;
  identityKey: string;
  listKey: string;
  locale: ReaderLocale;
  /** Of the settings. */
  topics: readonly Topic[];
  now: Date;
};

/** What a row says, as an import understands it. */
export function readRow(raw: RawRow, context: RowContext): ReadRow {
  const { row } = raw;
  if (!('cells' in raw)) return { row, address: '', fault: raw.fault };
  const { reading } = context;
  const cells = raw.cells;
  if (cells.every((cell) => cell.trim() === '')) return { row, address: '', blank: true };
  if (reading.format === 'periodical') return ownRow(row, reading.json ? jsonCells(cells[0] ?? '') : cells.map(undefused), context);
  const { columns } = reading;
  const address = clean(cells[columns.address] ?? '');
  const shown = { row, address: address.slice(0, 320) };
  if (columns.address >= cells.length) return { ...shown, fault: 'too_few_columns' };
  const standing = standingIn(cells, reading);
  if (standing === undefined || standing === 'erased' || standing === 'moved') return { ...shown, fault: 'unknown_state' };
  if (standing === 'nonsubscribed') return { ...shown, fault: 'never_subscribed' };
  const left = standing !== 'subscribed' && standing !== 'unconfirmed';
  const at = dateIn(cells, left ? (columns.leftDate ?? columns.date) : columns.date, context.now);
  const locale = readerLocaleOf(cellAt(cells, columns.language) ?? '') ?? context.locale;
  const named = namedTopics(clean(cellAt(cells, columns.topics) ?? ''), context.topics);
  const read = withAddress(shown, address, context, { row, locale, topics: named.chosen, standing, ...(at && { at }) });
  return 'reader' in read ? { ...read, named } : read;
}

type Facts = Omit<RowReader, 'id' | 'address'>;

function withAddress(shown: { row: number; address: string }, address: string, { identityKey }: RowContext, facts: Facts): ReadRow {
  if (address.includes('\ufffd')) return { ...shown, fault: 'undecodable' };
  const read = readEmailAddress(address);
  if (typeof read === 'string') return { ...shown, fault: read === 'too_long' ? 'too_long_address' : read };
  return { ...shown, reader: { id: subscriberId(identityKey, read.identity), address: read.address, ...facts } };
}

function standingIn(cells: readonly string[], { columns, standing, stateIsOff }: ListReading): RowStanding | undefined {
  const cell = clean(cellAt(cells, columns.state) ?? '');
  if (cell === '') return standing;
  const said = readStanding(cell);
  if (!stateIsOff) return said;
  return said === 'subscribed' ? 'unsubscribed' : said === 'unsubscribed' ? 'subscribed' : said;
}

/** A row of our own export: nothing in it is guessed. */
function ownRow(row: number, cells: readonly string[] | undefined, context: RowContext): ReadRow {
  if (!cells) return { row, address: '', fault: 'not_json' };
  const places = placesIn(context.reading);
  const cell = (column: ReaderColumn) => cells[places.get(column) ?? -1] ?? '';
  const address = cell('email');
  const shown = { row, address: address.slice(0, 320) };
  const standing = ownStanding(cell('status'), cell('reason'));
  // Another newsletter's topics mean nothing here, and whoever had chosen only those would get next to nothing.
  const own = cell('list_key') === context.listKey;
  if (!standing) return { ...shown, fault: 'unknown_state' };
  const at = readDate(cell(dateColumns[standing]), context.now);
  const topics = separatedTopics(cell('topics')).filter((topic) => own || context.topics.some(({ id }) => id === topic));
  const consentImport = importIn(cell('consent_import'));
  const more = ownFacts(standing, topics, cell);
  if (!more) return { ...shown, fault: 'unknown_reader' };
  const facts: Facts = {
    row,
    standing,
    locale: readerLocales.find((locale) => locale === cell('locale')) ?? context.locale,
    topics,
    own: more,
    ...(at && { at }),
    ...(consentImport && { consentImport }),
    ...(isLeavingWay(cell('left_by')) && { leftBy: cell('left_by') as NonNullable<RowReader['leftBy']> }),
  };
  if (address !== '') return withAddress(shown, address, context, facts);
  const id = idIn(cell('reader_id'));
  if (!id || !['bounced', 'complained', 'erased', 'moved'].includes(standing)) return { ...shown, fault: 'unknown_reader' };
  return own ? { ...shown, reader: { id, ...facts } } : { ...shown, fault: 'another_list' };
}

const ownPlaces = new WeakMap<ListReading, ReadonlyMap<string, number>>();

function placesIn(reading: ListReading): ReadonlyMap<string, number> {
  const known = ownPlaces.get(reading) ?? new Map(reading.names.map((name, n) => [name.toLowerCase(), n]));
  ownPlaces.set(reading, known);
  return known;
}

const dateColumns: Record<Standing, ReaderColumn> = {
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

// biome-ignore lint/suspicious/noControlCharactersInRegex: zero bytes are what is taken out
const clean = (cell: string) => cell.replace(/\u0000/g, '').trim();
const cellAt = (cells: readonly string[], column: number | undefined) => (column === undefined ? undefined : cells[column]);
const dateIn = (cells: readonly string[], column: number | undefined, now: Date) => readDate(clean(cellAt(cells, column) ?? ''), now);
