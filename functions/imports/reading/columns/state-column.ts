import * as z from 'zod';
import { closeWord } from '../words/normal-word.ts';
import { readStatus } from '../words/read-status.ts';
import { type ListStatus, listStatuses } from '../words/status-words.ts';
import { readAnswer, readYesNo } from '../words/yes-no.ts';

export const mostColumns = 200;
export const ColumnPlace = z
  .int()
  .min(0)
  .max(mostColumns - 1);

const Said = z.enum(listStatuses);

/**
 * A column that says who may be mailed. `words`: its cells say it in words, or as an answer of yes or no; `filled`: that something is in
 * the cell says it, a date of leaving or a reason; `nothing`: an editor has said that it does not say it. What `yes`, `no` and
 * `empty` mean is absent where they leave it open. Inverted is a column whose `yes` takes somebody off.
 */
export const StateColumn = z.strictObject({
  column: ColumnPlace,
  reads: z.enum(['words', 'filled', 'nothing']),
  yes: Said.optional(),
  no: Said.optional(),
  empty: Said.optional(),
  /** What single words mean here, said by an editor or known of the tool; `nothing` leaves it open. */
  words: z.record(z.string().max(80), z.enum([...listStatuses, 'nothing'])).default({}),
});
export type StateColumn = z.infer<typeof StateColumn>;

/** What a cell says: a status, nothing, or a word that nobody here knows. */
export type CellReading = { status?: ListStatus; unknown?: true };

const nothing: CellReading = {};
const unknown: CellReading = { unknown: true };
const says = Object.fromEntries(listStatuses.map((status) => [status, { status }])) as Record<ListStatus, CellReading>;
const said = (status: ListStatus | undefined): CellReading => (status === undefined ? nothing : says[status]);

/** @param cell without blanks around it, and bounded */
export function readState(cell: string, column: StateColumn): CellReading {
  const own = ownMeaning(cell, column.words);
  if (own !== undefined) return own === 'nothing' ? nothing : says[own];
  const answer = readYesNo(cell);
  if (answer === 'empty') return said(column.empty);
  return column.reads === 'filled' ? filled(cell, answer, column) : inWords(cell, answer, column);
}

/** A cell is anybody's, and so no name of a property. */
function ownMeaning(cell: string, words: StateColumn['words']) {
  for (const _any in words) {
    const word = closeWord(cell);
    return Object.hasOwn(words, word) ? words[word] : undefined;
  }
  return undefined;
}

/** Whatever is in it says the same; a bounce or a complaint among reasons says more. */
function filled(cell: string, answer: 'yes' | 'no' | undefined, { yes, no }: StateColumn): CellReading {
  if (answer === 'no') return said(no);
  const word = answer === undefined ? readStatus(cell) : undefined;
  if (word === 'subscribed') return said(no);
  return said(word === 'bounced' || word === 'complained' ? word : yes);
}

function inWords(cell: string, answer: 'yes' | 'no' | undefined, { yes, no }: StateColumn): CellReading {
  if (answer !== undefined) {
    const meant = answer === 'yes' ? yes : no;
    if (meant !== undefined) return says[meant];
    // A column of yes and no of which one is left open is understood; one of words is not.
    if (yes !== undefined || no !== undefined) return nothing;
  }
  const word = readStatus(cell);
  if (word !== undefined) return says[word];
  if (yes === undefined && no === undefined) return unknown;
  const sentence = readAnswer(cell);
  return sentence === undefined ? unknown : said(sentence === 'yes' ? yes : no);
}
