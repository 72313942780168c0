import { columnMeanings } from '../../../functions/desk/lists/corrections.ts';
import type { ListReading } from '../../../functions/imports/reading/list-reading.ts';
import { closeWord } from '../../../functions/imports/reading/words/normal-word.ts';
import { cannot } from '../frame/cli-error.ts';

/** What somebody says about a list on the command line. */
export type ListSaid = {
  encoding?: string;
  delimiter?: string;
  status?: string;
  dates?: string;
  mistyped?: string;
  column: readonly string[];
  says: readonly string[];
  word: readonly string[];
};
type State = ListReading['states'][number];

/** What is said of the whole file. */
export const fileCorrections = ({ encoding, delimiter, status, dates, mistyped }: ListSaid) => ({
  ...(encoding && { encoding }),
  ...(delimiter && { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
  ...(status && { status }),
  ...(dates && { dateOrder: dates }),
  ...(mistyped && { mistyped }),
});

export const isAboutColumns = ({ column, says, word }: ListSaid) => column.length + says.length + word.length > 0;

/** What was recognised, with what was said better: a column that nobody spoke of stays what it is. */
export function columnCorrections(said: ListSaid, recognised: ListReading | null | undefined) {
  const columns = said.column.map((each) => each.split('='));
  const places = columns.map(([role = '', place]) => [role, place === 'none' ? undefined : Number(place) - 1]);
  return {
    ...(said.column.length > 0 && { columns: { ...recognised?.columns, ...Object.fromEntries(places) } }),
    states: statesSaid(said, recognised?.states),
  };
}

/** What columns say about mail, said better: words are added to what was recognised of their column. */
function statesSaid({ says, word: words }: ListSaid, recognised: readonly State[] = []): State[] {
  const said = new Map<number, State>();
  const at = (column: number): State =>
    said.get(column) ?? recognised.find((state) => state.column === column) ?? { column, reads: 'words', words: {} };
  for (const each of says) {
    const [place = '', meaning = ''] = each.split('=');
    const column = Number(place) - 1;
    const means = columnMeanings[meaning as keyof typeof columnMeanings];
    if (!means) throw cannot('no_such_meaning', { meaning, meanings: Object.keys(columnMeanings) });
    said.set(column, { column, ...means, words: at(column).words });
  }
  for (const each of words) {
    const [, place = '', word = '', meaning = ''] = /^(\d+):(.+)=(\w+)$/s.exec(each) ?? [];
    const column = Number(place) - 1;
    said.set(column, { ...at(column), words: { ...at(column).words, [closeWord(word)]: meaning as State['words'][string] } });
  }
  return [...said.values()];
}
