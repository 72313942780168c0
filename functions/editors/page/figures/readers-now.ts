import type { FiguresAnswer } from '../../figures/figures-answer.ts';
import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';

const standings = ['pending', 'unconfirmed', 'unsubscribed', 'bounced', 'complained', 'erased'] as const;
const weeksBack = 4;

/** How many readers there are, whether they become more, and who else is known. */
export function readersNow(desk: Desk, { readers, weeks }: FiguresAnswer): Element {
  const { words, locale } = desk;
  const n = new Intl.NumberFormat(locale);
  const before = weeks.at(-1 - weeksBack)?.atEnd;
  const others = standings.filter((standing) => readers[standing] > 0);
  return el(
    'section',
    { class: 'readers-now', 'aria-label': words.allReaders },
    el(
      'p',
      { class: 'how-many' },
      el('span', { class: 'figure' }, n.format(readers.confirmed)),
      ' ',
      words.figures.readersNow(readers.confirmed),
      before !== undefined &&
        el('span', { class: `change ${directionOf(readers.confirmed - before)}` }, changeIn(desk, readers.confirmed - before)),
    ),
    el(
      'ul',
      { class: 'others' },
      readers.paused > 0 && el('li', {}, el('b', {}, n.format(readers.paused)), ' ', words.figures.paused),
      ...others.map((standing) => el('li', {}, el('b', {}, n.format(readers[standing])), ' ', words.figures.standing[standing])),
    ),
  );
}

const directionOf = (change: number) => (change > 0 ? 'more' : change < 0 ? 'fewer' : 'same');

function changeIn({ words, locale }: Desk, change: number): string {
  if (change === 0) return words.figures.notGrown;
  return words.figures.grown(new Intl.NumberFormat(locale, { signDisplay: 'always' }).format(change));
}
