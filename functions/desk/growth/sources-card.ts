import type { StatisticsAnswer } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { shares } from './shares.ts';

/** By which forms the new readers of these weeks came. */
export function sourcesCard(desk: Desk, { weeks, sources }: StatisticsAnswer): Element {
  const { words } = desk;
  const named = sources.map(({ source, confirmed }) => ({ name: 'source', label: source ?? words.growth.otherSources, count: confirmed }));
  const all = weeks.reduce((sum, { confirmed }) => sum + confirmed, 0);
  const unnamed = all - named.reduce((sum, { count }) => sum + count, 0);
  return el(
    'section',
    { class: 'card', 'aria-labelledby': 'sources-title' },
    el('h2', { id: 'sources-title' }, words.growth.sources),
    el('p', { class: 'hint' }, words.growth.sourcesHint),
    named.length > 0 &&
      el(
        'div',
        {},
        shares(
          desk,
          [...named, { name: 'source', label: words.growth.noSource, count: unnamed }].filter(({ count }) => count > 0),
        ),
      ),
    el('p', {}, el('a', { href: '/form/code' }, words.growth.toFormCode)),
  );
}
