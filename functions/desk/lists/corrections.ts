import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import type { ListReading } from '../../words/desk-shape.ts';

export type Corrections = ImportAnswer['corrections'];
type TableSaid = NonNullable<Corrections['others']>[string];
type State = ListReading['states'][number];
export type Table = ListReading['others'][number];

/** The lists of a file, the first one first, as corrections count them. */
export const listsOf = (reading: ListReading): readonly Table[] => [reading, ...reading.others];

/** What is said about one list, added to what was said before. */
export function saidOf(said: Corrections, list: number, about: TableSaid): Corrections {
  if (list === 0) return { ...said, ...about };
  const others = said.others ?? {};
  return { ...said, others: { ...others, [list]: { ...others[list], ...about } } };
}

/** Columns as they were recognised or said, one of them said otherwise. */
export function stateSaid(said: Corrections, list: number, state: State): Corrections {
  const before = (list === 0 ? said : said.others?.[list])?.states ?? [];
  return saidOf(said, list, { states: [...before.filter(({ column }) => column !== state.column), state] });
}

/** What somebody can say that a column says, in the order in which it is offered. */
export const columnMeanings = {
  nothing: { reads: 'nothing' },
  words: { reads: 'words' },
  agrees: { reads: 'words', yes: 'subscribed', no: 'unsubscribed' },
  confirms: { reads: 'words', yes: 'subscribed', no: 'unconfirmed', empty: 'unconfirmed' },
  leaves: { reads: 'filled', yes: 'unsubscribed', no: 'subscribed', empty: 'subscribed' },
  bounces: { reads: 'filled', yes: 'bounced' },
  complains: { reads: 'filled', yes: 'complained' },
} as const satisfies Record<string, Omit<State, 'column' | 'words'>>;
export type ColumnState = keyof typeof columnMeanings;

/** The meaning that a column was recognised by; `asRecognised` for one that is not among those that can be chosen. */
export function meaningOf(state: State | undefined): ColumnState | 'asRecognised' {
  if (!state) return 'nothing';
  const parts = ['reads', 'yes', 'no', 'empty'] as const;
  const known = Object.entries(columnMeanings) as [ColumnState, Partial<State>][];
  return known.find(([, meaning]) => parts.every((part) => meaning[part] === state[part]))?.[0] ?? 'asRecognised';
}
