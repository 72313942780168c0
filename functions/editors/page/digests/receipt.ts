import type { DigestAnswer } from '../../digest-answer.ts';
import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';
import { moneySpent, timesAndPace } from './delivery-facts.ts';
import { providerTable } from './provider-table.ts';

/**
 * A digest's receipt: one bar of the whole audience, the same in figures, what mailboxes said since and whose mailboxes they
 * are, how the sending went and what it cost.
 */
export function receiptFigures(desk: Desk, { receipt, heldBack }: Pick<DigestAnswer, 'receipt' | 'heldBack'>): Element {
  const { words, locale } = desk;
  const n = new Intl.NumberFormat(locale);
  const skipped = Object.values(receipt.skipped).reduce((sum, count) => sum + count, 0);
  const waiting = heldBack.reduce((sum, row) => sum + row.waiting, 0);
  const openHint = receipt.open > 0 && waiting > 0 ? words.openHeldBack(n.format(waiting)) : words.openHint;
  const outcomes = [
    { name: 'submitted', label: words.submitted, count: receipt.submitted, hint: words.submittedHint },
    { name: 'skipped', label: words.skipped, count: skipped, hint: reasons(words.reason, receipt.skipped) },
    { name: 'rejected', label: words.rejected, count: receipt.rejected, hint: words.rejectedHint },
    { name: 'unknown', label: words.unknown, count: receipt.unknown, hint: words.unknownHint },
    { name: 'open', label: words.open, count: receipt.open, hint: openHint },
  ];
  const since = [
    [words.delivered, receipt.delivered],
    [words.bounced, receipt.bounced],
    [words.blocked, receipt.blocked],
    [words.complained, receipt.complained],
    [words.delayed, receipt.delayed],
    [words.resent, receipt.resent],
    [words.duplicated, receipt.duplicated],
  ] as const;
  return el(
    'div',
    { class: 'receipt' },
    !receipt.addsUp &&
      el('div', { class: 'problem', role: 'alert' }, words.doesNotAddUp, el('p', { class: 'hint', lang: 'en' }, receipt.discrepancy)),
    el('p', { class: 'audience' }, el('span', { class: 'figure' }, n.format(receipt.audience)), ' ', words.audience),
    el(
      'div',
      { class: 'share', 'aria-hidden': 'true' },
      ...outcomes.filter(({ count }) => count > 0).map(({ name, count }) => part(name, count)),
    ),
    el(
      'dl',
      { class: 'outcomes' },
      ...outcomes.map(({ name, label, count, hint }) =>
        el(
          'div',
          { class: name },
          el('dt', {}, label),
          el('dd', {}, el('span', { class: 'figure' }, n.format(count)), ' ', el('span', { class: 'hint' }, hint)),
        ),
      ),
    ),
    el('h3', {}, words.feedback),
    el(
      'dl',
      { class: 'since' },
      ...since.map(([label, count]) => el('div', {}, el('dt', {}, label), el('dd', { class: 'figure' }, n.format(count)))),
    ),
    receipt.byProvider.length > 0 && providerTable(desk, receipt.byProvider),
    el('div', { class: 'facts' }, timesAndPace(desk, receipt), moneySpent(desk, receipt)),
  );
}

function part(name: string, count: number) {
  const element = el('span', { class: name });
  element.style.flexGrow = String(count);
  return element;
}

const reasons = (known: Record<string, string>, skipped: Record<string, number>) =>
  Object.entries(skipped)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${known[reason] ?? reason} ${count}`)
    .join(' · ');
