import type { Desk } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';

type GrowthCell = {
  /** Null where nobody knows. */
  count: number | null;
  bad?: boolean;
  main?: boolean;
  /** Shown beside the count, such as its share. */
  beside?: string;
};
type GrowthRow = { title: Child; cells: readonly GrowthCell[] };

type GrowthTable = { titledBy: string; columns: readonly string[]; rows: readonly GrowthRow[] };

/** Counts under their names; on a narrow screen the table scrolls by itself, and its first column stays. */
export function growthTable({ locale }: Desk, { titledBy, columns, rows }: GrowthTable): Element {
  const n = new Intl.NumberFormat(locale);
  return el(
    'div',
    { class: 'growth-table', role: 'region', tabindex: 0, 'aria-labelledby': titledBy },
    el(
      'table',
      { 'aria-labelledby': titledBy },
      el('thead', {}, el('tr', {}, ...columns.map((column) => el('th', { scope: 'col' }, column)))),
      el(
        'tbody',
        {},
        ...rows.map(({ title, cells }) => el('tr', {}, el('th', { scope: 'row' }, title), ...cells.map((cell) => cellOf(cell, n)))),
      ),
    ),
  );
}

function cellOf({ count, bad = false, main = false, beside }: GrowthCell, n: Intl.NumberFormat) {
  const weight = count === 0 || count === null ? 'nothing' : bad ? 'bad' : main ? 'main' : '';
  return el('td', { class: weight }, count === null ? '–' : n.format(count), beside && el('span', { class: 'hint' }, ` ${beside}`));
}
