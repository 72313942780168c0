import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import type { RowFault, RowOutcome, SampleRow } from '../../words/desk-shape.ts';
import type { Desk } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';

/** As the page tells them: readers first, what is not taken in last. */
const shownOutcomes = [
  ...(['added', 'kept', 'left', 'suppressed', 'erased', 'moved', 'known'] as const),
  ...([
    'stays_subscribed',
    'stays_unsubscribed',
    'stays_suppressed',
    'stays_erased',
    'stays_moved',
    'duplicate',
    'refused',
    'asked',
    'not_reached',
  ] as const),
] satisfies RowOutcome[];

/** Rows by what became, or would become, of them, and the first rows of each. */
export function rowCounts(desk: Desk, title: string, { checked, counts, dryRun }: ImportAnswer): Element {
  const { words, locale } = desk;
  const n = (count: number) => new Intl.NumberFormat(locale).format(count);
  const told = counts ?? checked ?? { rows: 0, outcomes: {}, refused: {}, undated: 0 };
  const reasons = (Object.entries(told.refused) as [RowFault, number][]).map(([fault, count]) => `${words.rowFault[fault]}: ${n(count)}`);
  const line = (outcome: RowOutcome) => {
    const count = told.outcomes[outcome] ?? 0;
    const samples = dryRun?.samples[outcome] ?? [];
    return el(
      'li',
      { class: `count-${outcome}` },
      el('p', {}, el('strong', { class: 'figure' }, n(count)), ' ', words.outcome[outcome]),
      outcome === 'added' && told.undated > 0 && el('p', { class: 'hint' }, words.undated(told.undated)),
      outcome === 'refused' && reasons.length > 0 && el('p', { class: 'hint' }, reasons.join(' · ')),
      samples.length > 0 && el('details', {}, el('summary', {}, words.samples), sampleTable(desk, samples)),
    );
  };
  return el(
    'section',
    { class: 'card', 'aria-labelledby': 'counts-title' },
    el('h2', { id: 'counts-title' }, title, ' ', el('span', { class: 'hint' }, words.rows(told.rows))),
    el('ul', { class: 'row-counts' }, ...shownOutcomes.filter((outcome) => (told.outcomes[outcome] ?? 0) > 0).map(line)),
  );
}

function sampleTable({ words }: Desk, samples: readonly SampleRow[]) {
  const whyOf = ({ reason, because, meant }: SampleRow) =>
    [
      ...(reason ? [words.rowFault[reason]] : []),
      ...(meant ? [words.sampleMeant(meant)] : []),
      ...(because ? [words.sampleBecause(because.column, because.cell)] : []),
    ].join(' · ');
  const why = samples.some((sample) => whyOf(sample) !== '');
  const cells = (tag: 'th' | 'td', ...contents: Child[]) =>
    contents.filter((content) => content !== false).map((content) => el(tag, {}, content));
  return scrolling(
    words.samples,
    el('thead', {}, el('tr', {}, ...cells('th', words.sampleRow, words.sampleAddress, why && words.sampleWhy))),
    el('tbody', {}, ...samples.map((sample) => el('tr', {}, ...cells('td', placeOf(sample), sample.address || '—', why && whyOf(sample))))),
  );
}

/** By the list's name, where a file has several. */
const placeOf = ({ row, list, line }: SampleRow) => (list === undefined ? (line ?? row) : `${list}: ${line ?? row}`);

/** A table that is wider than a phone is moved by keyboard, too. */
export const scrolling = (label: string, ...rows: Child[]) =>
  el('div', { class: 'scrolling', tabindex: 0, role: 'region', 'aria-label': label }, el('table', {}, ...rows));
