import type { ProviderFigures } from '../../../digests/receipt.ts';
import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';

/** Whose mailboxes took the mails and whose did not; on a narrow screen the table scrolls by itself. */
export function providerTable({ words, locale }: Desk, rows: readonly ProviderFigures[]): Element {
  const n = new Intl.NumberFormat(locale);
  const columns = ['submitted', 'delivered', 'bounced', 'blocked', 'complained', 'delayed', 'unknown'] as const;
  return el(
    'div',
    { class: 'providers', role: 'region', tabindex: 0, 'aria-labelledby': 'providers-title' },
    el(
      'table',
      {},
      el('caption', { id: 'providers-title' }, words.byProvider),
      el('thead', {}, el('tr', {}, el('td', {}), ...columns.map((column) => el('th', { scope: 'col' }, words[column])))),
      el(
        'tbody',
        {},
        ...rows.map((row) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, words.provider[row.provider] ?? row.provider),
            // Nothing is the rule in most columns, and figures stand out from it.
            ...columns.map((column) => el('td', { class: weightOf(column, row[column]) }, n.format(row[column]))),
          ),
        ),
      ),
    ),
  );
}

const weightOf = (column: string, count: number) =>
  count === 0 ? 'nothing' : ['bounced', 'blocked', 'complained'].includes(column) ? 'bad' : '';
