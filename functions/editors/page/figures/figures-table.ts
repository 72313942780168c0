import type { Desk } from '../desk/desk.ts';
import { type Child, el } from '../desk/dom.ts';

export type FiguresCell = {
  /** Null where nobody knows. */
  count: number | null;
  bad?: boolean;
  main?: boolean;
  /** What stands beside the count, such as its share. */
  beside?: string;
};
export type FiguresRow = { title: Child; cells: readonly FiguresCell[] };

type FiguresTable = { titledBy: string; columns: readonly string[]; rows: readonly FiguresRow[] };

/** Counts under their names; on a narrow screen the table scrolls by itself, and its first column stays. */
export function figuresTable({ locale }: Desk, { titledBy, columns, rows }: FiguresTable): Element {
  const n = new Intl.NumberFormat(locale);
  return el(
    'div',
    { class: 'figures-table', role: 'region', tabindex: 0, 'aria-labelledby': titledBy },
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

function cellOf({ count, bad = false, main = false, beside }: FiguresCell, n: Intl.NumberFormat) {
  const weight = count === 0 || count === null ? 'nothing' : bad ? 'bad' : main ? 'main' : '';
  return el('td', { class: weight }, count === null ? '–' : n.format(count), beside && el('span', { class: 'hint' }, ` ${beside}`));
}
