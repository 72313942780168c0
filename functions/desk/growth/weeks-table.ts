import type { WeekAnswer } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { growthTable } from './growth-table.ts';
import { came, partOf, present, type WeekPart, went } from './week-parts.ts';
import { weekDays } from './week-times.ts';
import { csvOf } from './weeks-csv.ts';

const always: readonly WeekPart[] = ['signedUp', 'confirmed', 'left', 'bounced', 'complained'];

/** What the chart shows, newest week first; what never happened in these weeks has no column. */
export function weeksTable(desk: Desk, weeks: readonly WeekAnswer[]): Element {
  const { words } = desk;
  const seen = present(weeks, [...came, ...went]);
  const parts = (['signedUp', 'confirmed', 'imported', 'back', 'left', 'bounced', 'complained', 'erased', 'joined'] as const).filter(
    (part) => always.includes(part) || seen.some((one) => one === part),
  );
  return el(
    'section',
    { class: 'growth-part' },
    el(
      'div',
      { class: 'bar' },
      el('h2', { id: 'weeks-title' }, words.growth.weekByWeek),
      el('button', { class: 'quiet', onclick: download }, words.growth.downloadCsv),
    ),
    el('p', { class: 'hint' }, words.growth.weekByWeekHint),
    growthTable(desk, {
      titledBy: 'weeks-title',
      columns: [words.growth.weekOf, ...parts.map((part) => words.growth.movement[part]), words.growth.atEnd],
      rows: weeks.toReversed().map((week) => ({
        title: el('time', { datetime: week.week }, weekDays(desk, week, weeks)),
        cells: [...parts.map((part) => ({ count: partOf(week, part), bad: part === 'complained' })), { count: week.atEnd, main: true }],
      })),
    }),
  );

  function download() {
    const file = URL.createObjectURL(new Blob([csvOf(weeks)], { type: 'text/csv' }));
    const link = el('a', { href: file, download: `growth-${weeks.at(-1)?.week}.csv` });
    link.click();
    URL.revokeObjectURL(file);
  }
}
