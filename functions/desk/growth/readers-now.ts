import type { StatisticsAnswer } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';

const statuses = ['pending', 'unconfirmed', 'unsubscribed', 'bounced', 'complained', 'erased'] as const;
const weeksBack = 4;

/** How many readers there are, whether they become more, and who else is known. */
export function readersNow(desk: Desk, { readers, weeks, line }: StatisticsAnswer): Element {
  const { words, locale } = desk;
  const n = new Intl.NumberFormat(locale);
  const before = weeks.at(-1 - weeksBack)?.atEnd;
  const others = statuses.filter((status) => readers[status] > 0);
  return el(
    'section',
    { class: 'readers-now', 'aria-label': words.allReaders },
    el(
      'p',
      { class: 'how-many' },
      el('span', { class: 'figure' }, n.format(readers.confirmed)),
      ' ',
      words.growth.readersNow(readers.confirmed),
      before !== undefined &&
        el('span', { class: `change ${directionOf(readers.confirmed - before)}` }, changeIn(desk, readers.confirmed - before)),
    ),
    el(
      'ul',
      { class: 'others' },
      readers.paused > 0 && el('li', {}, el('b', {}, n.format(readers.paused)), ' ', words.growth.paused),
      ...others.map((status) => el('li', {}, el('b', {}, n.format(readers[status])), ' ', words.growth.status[status])),
    ),
    line &&
      el(
        'p',
        { class: 'hint in-line', role: 'status' },
        words.growth.inLine(line.waiting, line.minutes),
        line.bots > 0 && ` ${words.growth.behindLine(line.bots)}`,
      ),
  );
}

const directionOf = (change: number) => (change > 0 ? 'more' : change < 0 ? 'fewer' : 'same');

function changeIn({ words, locale }: Desk, change: number): string {
  if (change === 0) return words.growth.notGrown;
  return words.growth.grown(new Intl.NumberFormat(locale, { signDisplay: 'always' }).format(change));
}
