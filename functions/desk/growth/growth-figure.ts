import type { WeekAnswer } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { reachOf } from './chart-scale.ts';
import { growthChart, type Plot, plotOf } from './growth-chart.ts';
import { came, partOf, present, sumOf, type WeekPart, went } from './week-parts.ts';
import { weekDays } from './week-times.ts';

/**
 * The chart, its legend, and one week of it in words. The week is chosen by pointing, by touch, or by the arrow keys: a range
 * control lies over the drawing, which a screen reader knows how to use. The table below has everything that is drawn.
 */
export function growthFigure(desk: Desk, weeks: readonly WeekAnswer[]): { element: Element; stop: () => void } {
  const { words, locale } = desk;
  const n = new Intl.NumberFormat(locale);
  const place = el('div', { class: 'chart-place' });
  const mark = el('div', { class: 'chosen', 'aria-hidden': 'true' });
  const chosen = el('input', {
    type: 'range',
    class: 'choose-week',
    min: 0,
    max: weeks.length - 1,
    value: weeks.length - 1,
    'aria-label': words.growth.chosenWeek,
    oninput: tell,
  });
  const told = el('p', { class: 'chosen-week', 'aria-hidden': 'true' });
  const stage = el('div', { class: 'chart-stage', onpointermove: point }, place, mark, chosen);
  let plot: Plot = plotOf(0, weeks.length);

  function draw() {
    const width = Math.floor(stage.clientWidth);
    if (width === 0 || width === plot.width) return;
    plot = plotOf(width, weeks.length);
    const picture = growthChart(desk, weeks, plot);
    picture.setAttribute('role', 'img');
    picture.setAttribute(
      'aria-label',
      words.growth.growthSummary(weeks.length, n.format(weeks[0]?.atEnd ?? 0), n.format(weeks.at(-1)?.atEnd ?? 0)),
    );
    replaceChildren(place, picture);
    // A range's thumb moves between its ends less its own width, so that its middle is over its week.
    chosen.style.insetInlineStart = `${plot.left}px`;
    chosen.style.width = `${plot.band * weeks.length}px`;
    chosen.style.setProperty('--band', `${plot.band}px`);
    tell();
  }

  function point(event: Event) {
    const { clientX, pointerType } = event as PointerEvent;
    if (pointerType === 'touch') return;
    const at = Math.floor((clientX - stage.getBoundingClientRect().left - plot.left) / plot.band);
    chosen.value = String(Math.min(Math.max(at, 0), weeks.length - 1));
    tell();
  }

  function tell() {
    const at = Number(chosen.value);
    const week = weeks[at];
    if (!week) return;
    const parts = (['signedUp', ...came, ...went] as const).filter((part) => partOf(week, part) !== 0);
    const said = parts.map((part) => `${words.growth.movement[part]} ${n.format(partOf(week, part))}`);
    const days = weekDays(desk, week, weeks);
    chosen.setAttribute('aria-valuetext', [days, `${words.growth.atEnd} ${n.format(week.atEnd)}`, ...said].join(words.comma));
    replaceChildren(
      told,
      el('strong', {}, days),
      el('span', {}, `${words.growth.atEnd} `, el('b', {}, n.format(week.atEnd))),
      ...parts.map((part) =>
        el('span', { class: `key ${part}` }, `${words.growth.movement[part]} `, el('b', {}, n.format(partOf(week, part)))),
      ),
    );
    mark.style.insetInlineStart = `${plot.left + plot.band * at}px`;
    mark.style.width = `${plot.band}px`;
  }

  const watching = new ResizeObserver(draw);
  watching.observe(stage);
  const element = el(
    'section',
    { class: 'card growth', 'aria-labelledby': 'growth-title' },
    el('h2', { id: 'growth-title' }, words.growth.readersByWeek),
    el('p', { class: 'hint' }, words.growth.growthHint, isTorn(weeks) && ` ${words.growth.torn}`),
    told,
    stage,
    el('ul', { class: 'legend' }, ...legend(desk, weeks)),
  );
  return { element, stop: () => watching.disconnect() };
}

function legend({ words }: Desk, weeks: readonly WeekAnswer[]): Element[] {
  const shown: WeekPart[] = present(weeks, ['signedUp', ...came, ...went]);
  return [
    el('li', { class: 'key atEnd' }, words.growth.atEnd),
    ...shown.map((part) => el('li', { class: `key ${part}` }, words.growth.movement[part])),
  ];
}

const isTorn = (weeks: readonly WeekAnswer[]) =>
  [came, went].some((parts) => {
    const lengths = weeks.map((week) => sumOf(week, parts));
    return Math.max(...lengths) > reachOf(lengths);
  });
