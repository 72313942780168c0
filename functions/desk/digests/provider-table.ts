import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';

/** Whose mailboxes took the mails and whose did not; on a narrow screen the table scrolls by itself. */
export function providerTable({ words, locale }: Desk, rows: DigestAnswer['report']['byProvider']): Element {
  const n = new Intl.NumberFormat(locale);
  const columns = ['submitted', 'delivered', 'bounced', 'blocked', 'complained', 'delayed', 'unknown'] as const;
  return el(
    'div',
    { class: 'providers', role: 'region', tabindex: 0, 'aria-labelledby': 'providers-title' },
    el(
      'table',
      {},
      el('caption', { id: 'providers-title' }, words.byProvider),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('td', {}),
          ...columns.map((column) => el('th', { scope: 'col' }, column === 'blocked' ? words.blockedMails : words[column])),
        ),
      ),
      el(
        'tbody',
        {},
        ...rows.map((row) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, words.provider[row.provider as keyof typeof words.provider]),
            // Most cells are nought, and other numbers should be seen.
            ...columns.map((column) => el('td', { class: weightOf(column, row[column]) }, n.format(row[column]))),
          ),
        ),
      ),
    ),
  );
}

const weightOf = (column: string, count: number) =>
  count === 0 ? 'nothing' : ['bounced', 'blocked', 'complained'].includes(column) ? 'bad' : '';
