import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import type { ListReading } from '../../words/desk-shape.ts';
import type { Desk } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';
import { topicNames } from '../issues/ask-for-topics.ts';

const shownColumns = 12;

/** The columns that nothing is taken from: somebody may expect that names or tags come along. */
export function columnsLeftOut({ words }: Desk, { names, columns, states }: ListReading): Child {
  const used = new Set<number | undefined>([...Object.values(columns), ...states.map(({ column }) => column)]);
  const left = names.filter((name, n) => !used.has(n) && name !== '');
  if (left.length === 0) return null;
  const shown = left.length > shownColumns + 1 ? left.slice(0, shownColumns) : left;
  return el('p', { class: 'hint' }, words.notTaken(shown, left.length - shown.length));
}

/** Which topics the rows choose, and what in their column names none. */
export function topicsTold(desk: Desk, { chosen, unknown }: NonNullable<ImportAnswer['dryRun']>['topics']): Child {
  const { words, locale } = desk;
  const listed = (counts: Record<string, number>, nameOf = (word: string) => word) =>
    Object.entries(counts)
      .map(([word, count]) => `${nameOf(word)} (${new Intl.NumberFormat(locale).format(count)})`)
      .join(' · ');
  const [known, others] = [listed(chosen, (id) => topicNames(desk, [id]).join()), listed(unknown)];
  return [
    known !== '' && el('p', { class: 'hint' }, words.topicsChosen(known)),
    others !== '' && el('p', { class: 'told' }, words.topicsUnknown(others)),
  ];
}
