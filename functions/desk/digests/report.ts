import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { moneySpent, timesAndPace } from './delivery-facts.ts';
import { providerTable } from './provider-table.ts';

/**
 * A digest's report: one bar of the whole audience, the same in figures, what mailboxes said since and whose mailboxes they
 * are, how the sending went and what it cost.
 */
export function reportFigures(desk: Desk, { report, postponed }: Pick<DigestAnswer, 'report' | 'postponed'>): Element {
  const { words, locale } = desk;
  const n = new Intl.NumberFormat(locale);
  const skipped = Object.values(report.skipped).reduce((sum, count) => sum + count, 0);
  const waiting = postponed.reduce((sum, row) => sum + row.waiting, 0);
  const openHint = report.open > 0 && waiting > 0 ? words.openPostponed(n.format(waiting)) : words.openHint;
  const outcomes = [
    { name: 'submitted', label: words.submitted, count: report.submitted, hint: words.submittedHint },
    { name: 'skipped', label: words.skipped, count: skipped, hint: reasons(words.reason, report.skipped) },
    { name: 'rejected', label: words.rejected, count: report.rejected, hint: words.rejectedHint },
    { name: 'unknown', label: words.unknown, count: report.unknown, hint: words.unknownHint },
    { name: 'open', label: words.open, count: report.open, hint: openHint },
  ];
  const since = [
    [words.delivered, report.delivered],
    [words.bounced, report.bounced],
    [words.blockedMails, report.blocked],
    [words.complained, report.complained],
    [words.delayed, report.delayed],
    [words.resent, report.resent],
    [words.duplicated, report.duplicated],
    [words.remailed, report.remailed],
  ] as const;
  const reach = [
    report.again.plan > 0 && words.planAgainReach(report.again.plan),
    report.again.mail > 0 && words.mailAgainReach(report.again.mail),
  ].filter(Boolean);
  return el(
    'div',
    { class: 'report' },
    !report.addsUp &&
      el('div', { class: 'problem', role: 'alert' }, words.doesNotAddUp, el('p', { class: 'hint', lang: 'en' }, report.discrepancy)),
    el('p', { class: 'audience' }, el('span', { class: 'figure' }, n.format(report.audience)), ' ', words.audience),
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
    reach.length > 0 && el('p', { class: 'hint' }, reach.join(words.nextSentence)),
    report.byProvider.length > 0 && providerTable(desk, report.byProvider),
    el('div', { class: 'facts' }, timesAndPace(desk, report), moneySpent(desk, report)),
  );
}

function part(name: string, count: number) {
  const element = el('span', { class: name });
  element.style.flexGrow = String(count);
  return element;
}

const reasons = (known: Desk['words']['reason'], skipped: DigestAnswer['report']['skipped']) =>
  (Object.keys(known) as (keyof typeof known)[])
    .filter((reason) => (skipped[reason] ?? 0) > 0)
    .map((reason) => `${known[reason]} ${skipped[reason]}`)
    .join(' · ');
