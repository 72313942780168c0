import type { Subscriber } from '../subscribers/subscriber.ts';
import { defused } from './defuse.ts';

/** What a list of readers says of each, in this order: as columns of a CSV, and as the names of a JSON line. */
export const readerColumns = [
  'email',
  'status',
  'locale',
  'topics',
  'confirmed_at',
  'paused_until',
  'signed_up_at',
  'left_at',
  'left_by',
  'left_reason',
  'reason',
  'suppressed_at',
  'erased_at',
  'moved_from',
  'moved_to',
  'moved_at',
  'joined',
  'consent_import',
  'reader_id',
  'list_key',
] as const;

export type ReaderColumn = (typeof readerColumns)[number];

/** One reader as a list has them; what does not apply is empty. */
export type ReaderRow = Record<Exclude<ReaderColumn, 'topics'>, string> & { topics: readonly string[] };

/**
 * A reader as an export has them. A reader who is suppressed, erased or moved to another address has no address here: their row is
 * the id that keeps an import from bringing them back, which only this list's own key can make of an address; `listKey` says
 * which key.
 */
export function readerRow(reader: Subscriber, listKey: string): ReaderRow {
  const reachable = 'address' in reader;
  return {
    email: reachable ? reader.address : '',
    status: reader.state,
    locale: ('locale' in reader && reader.locale) || '',
    topics: 'topics' in reader ? reader.topics : [],
    // The day they said yes, here or on the list they came from.
    confirmed_at: (reader.state === 'confirmed' && reader.consentedAt) || (reader.confirmedAt ?? ''),
    paused_until: (reader.state === 'confirmed' && reader.pausedUntil) || '',
    signed_up_at: reader.signedUpAt ?? '',
    left_at: reader.state === 'unsubscribed' ? reader.leftAt : '',
    left_by: (reader.state === 'unsubscribed' && reader.leftBy) || '',
    left_reason: (reader.state === 'unsubscribed' && reader.leftReason) || '',
    reason: reader.state === 'suppressed' ? reader.reason : '',
    suppressed_at: reader.state === 'suppressed' ? reader.suppressedAt : '',
    erased_at: reader.state === 'erased' ? reader.erasedAt : '',
    moved_from: (reader.state === 'confirmed' && reader.movedFrom) || '',
    moved_to: reader.state === 'moved' ? reader.movedTo : '',
    moved_at: reader.state === 'moved' ? reader.movedAt : '',
    joined: reader.state === 'moved' && reader.joined ? 'yes' : '',
    consent_import: reader.consentImport ?? '',
    reader_id: reader.id,
    list_key: listKey,
  };
}

/** A row's cells for a spreadsheet: nothing in them is taken for a formula. */
export const cellsOf = (row: ReaderRow): string[] =>
  readerColumns.map((column) => defused(column === 'topics' ? joinedTopics(row.topics) : row[column]));

/** Topics in one cell; a semicolon inside of one is marked by a backslash. */
export const joinedTopics = (topics: readonly string[]) => topics.map((topic) => topic.replace(/[\\;]/g, '\\$&')).join(';');

export function separatedTopics(cell: string): string[] {
  if (cell === '') return [];
  // What is behind a backslash is meant as it is; a semicolon without one ends a topic.
  const topics = [''];
  for (const [part] of cell.matchAll(/\\.|;|[^\\;]+/gsu)) {
    if (part === ';') topics.push('');
    else topics[topics.length - 1] += part.startsWith('\\') ? part.slice(1) : part;
  }
  return topics;
}
