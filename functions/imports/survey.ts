import * as z from 'zod';
import { closedDirection } from '../platform/closed-direction.ts';
import { addDate, type DateCounts, decidedOrder } from './reading/dates/date-order.ts';
import { type ListReading, tablesOf } from './reading/list-reading.ts';
import type { ListRow, ReadRow } from './reading/read-row.ts';
import { closeWord } from './reading/words/normal-word.ts';

const Word = z.object({ column: z.int(), word: z.string(), says: z.string(), rows: z.int() });
type Word = z.infer<typeof Word>;

/** What has been seen of one list: rows that say nothing, words that nobody knows, and how its dates are written. */
const TableSurvey = z.object({
  silent: z.int(),
  words: z.array(Word),
  dates: z.object({ day: z.int(), month: z.int(), either: z.int() }),
});
export const SurveyCounts = z.array(TableSurvey);
export type SurveyCounts = z.infer<typeof SurveyCounts>;

/** A list with more of them has a column of texts, and an editor has to say so. */
const mostWords = 50;
const longestSaid = 80;

/**
 * What a whole list leaves open, gathered while its rows are walked over: a word may come for the first time in its last row, and one
 * date there may decide how all others are read.
 */
export class Survey {
  readonly #reading: ListReading;
  readonly #tables: { silent: number; words: Map<string, Word>; dates: DateCounts }[];

  constructor(reading: ListReading, before?: SurveyCounts) {
    this.#reading = reading;
    this.#tables = tablesOf(reading).map((_table, n) => {
      const { silent = 0, words = [], dates = { day: 0, month: 0, either: 0 } } = before?.[n] ?? {};
      return { silent, words: new Map(words.map((word) => [keyOf(word.column, word.word), word])), dates };
    });
  }

  add(raw: ListRow, read: ReadRow) {
    const at = raw.table ?? 0;
    const [table, of] = [this.#tables[at], tablesOf(this.#reading)[at]];
    if (!table || !of || !('cells' in raw)) return;
    if (of.columns.date !== undefined) addDate(table.dates, raw.cells[of.columns.date] ?? '');
    if (of.columns.dateElse !== undefined) addDate(table.dates, raw.cells[of.columns.dateElse] ?? '');
    if (!('ask' in read)) return;
    if (read.ask.ask === 'status') table.silent += 1;
    else this.#addWord(table.words, read.ask.column, read.ask.cell);
  }

  #addWord(words: Map<string, Word>, column: number, cell: string) {
    const word = closeWord(cell);
    const known = words.get(keyOf(column, word));
    if (known) known.rows += 1;
    else if (words.size < mostWords)
      words.set(keyOf(column, word), { column, word, says: closedDirection(cell.slice(0, longestSaid)), rows: 1 });
  }

  get surveyed(): SurveyCounts {
    return this.#tables.map(({ words, ...told }) => ({ ...told, words: [...words.values()] }));
  }
}

const keyOf = (column: number, word: string) => `${column} ${word}`;

/** The reading with what only the whole list tells: the order of day and month. */
export function withOrders(reading: ListReading, surveyed: SurveyCounts): ListReading {
  const [first, ...others] = tablesOf(reading).map((table, n) => {
    const told = surveyed[n] && decidedOrder(surveyed[n].dates);
    return { ...table, ...(told && told !== 'asked' && table.dateOrder === undefined && { dateOrder: told }) };
  });
  return { ...reading, ...first, others };
}

const WordAsked = Word.omit({ column: true });

/**
 * What an editor has to say before a list is started: what people are of whom it says nothing (`status`), what a word in a column means
 * (`words`; an answer names it by `word`), and which number of a date is the day (`dates`). `list`: its place in the file, from 0.
 */
export const Question = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), list: z.int(), rows: z.int() }),
  z.object({ kind: z.literal('words'), list: z.int(), column: z.int(), words: z.array(WordAsked) }),
  z.object({ kind: z.literal('dates'), list: z.int(), column: z.int() }),
]);
export type Question = z.infer<typeof Question>;

export function questionsOf(reading: ListReading, surveyed: SurveyCounts): Question[] {
  return tablesOf(reading).flatMap(({ used, columns, dateOrder }, list): Question[] => {
    const seen = surveyed[list];
    if (!used || !seen) return [];
    const byColumn = Map.groupBy(seen.words, ({ column }) => column);
    const words = [...byColumn].map(([column, found]): Question => ({ kind: 'words', list, column, words: mostFirst(found) }));
    const isOpen = dateOrder === undefined && columns.date !== undefined && decidedOrder(seen.dates) === 'asked';
    return [
      ...(seen.silent > 0 ? [{ kind: 'status' as const, list, rows: seen.silent }] : []),
      ...words,
      ...(isOpen ? [{ kind: 'dates' as const, list, column: columns.date ?? 0 }] : []),
    ];
  });
}

const mostFirst = (words: readonly Word[]) => words.map(({ column: _column, ...word }) => word).sort((one, other) => other.rows - one.rows);
