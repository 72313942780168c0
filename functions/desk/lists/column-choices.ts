import type { Desk } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';
import { field } from '../base/field.ts';
import { type ColumnState, type Corrections, columnMeanings, meaningOf, stateSaid, type Table } from './corrections.ts';

const shownColumns = 50;
const nameOf = (list: number, column: number) => `says-${list}-${column}`;

/** What each column says about mail, to be said otherwise: inverted, too. */
export function columnChoices({ words }: Desk, table: Table, list: number): Child {
  const columns = table.names
    .slice(0, shownColumns)
    .flatMap((name, column) => (column === table.columns.address ? [] : [{ name, column }]));
  if (columns.length === 0) return null;
  const choice = ({ name, column }: (typeof columns)[number]) => {
    const meaning = meaningOf(table.states.find((state) => state.column === column));
    const offered = [...Object.keys(columnMeanings), ...(meaning === 'asRecognised' ? [meaning] : [])] as (keyof typeof words.columnSays)[];
    const options = offered.map((value) => el('option', { value, selected: value === meaning }, words.columnSays[value]));
    return field(el('select', { name: nameOf(list, column) }, ...options), { label: name });
  };
  return el(
    'fieldset',
    { class: 'choices' },
    el('legend', {}, words.columnsSay, table.name !== '' && `: ${table.name}`),
    ...columns.map(choice),
  );
}

/** What was chosen otherwise than it was recognised. */
export function columnsChosen(form: FormData, table: Table, list: number, said: Corrections): Corrections {
  return table.names.slice(0, shownColumns).reduce((so, _name, column) => {
    const before = table.states.find((state) => state.column === column);
    const chosen = form.get(nameOf(list, column)) as ColumnState | 'asRecognised' | null;
    if (chosen === null || chosen === 'asRecognised' || chosen === meaningOf(before)) return so;
    return stateSaid(so, list, { column, ...columnMeanings[chosen], words: before?.words ?? {} });
  }, said);
}
