import type { WeekAnswer } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';
import { svg } from '../base/svg.ts';
import { lineScale, reachOf, stepFor } from './chart-scale.ts';
import { came, partOf, sumOf, type WeekPart, went } from './week-parts.ts';
import { monthMarks } from './week-times.ts';

/** Where the weeks are, in pixels from the left. */
export type Plot = { left: number; right: number; band: number; width: number; height: number };

const sides = { left: 50, right: 6 };
const widestBand = 56;
const heights = { top: 12, line: 170, gap: 30, bars: 150, below: 26 };

export const plotOf = (width: number, weeks: number): Plot => ({
  ...sides,
  width,
  // A young newsletter's few weeks begin at the left, and grow to the right.
  band: Math.min((width - sides.left - sides.right) / Math.max(weeks, 1), widestBand),
  height: heights.top + heights.line + heights.gap + heights.bars + heights.below,
});

/** Readers at the end of each week as a line, and under it who came and who went as bars up and down from one ground. */
export function growthChart(desk: Desk, weeks: readonly WeekAnswer[], plot: Plot): SVGSVGElement {
  const reach = reachOf(weeks.map((week) => Math.max(sumOf(week, came), week.signedUp)));
  const n = new Intl.NumberFormat(desk.locale);
  const short = new Intl.NumberFormat(desk.locale, { notation: 'compact', maximumFractionDigits: 2 });
  const name = (value: number) => (value >= 1_000_000 ? short : n).format(value);
  const picture = svg('svg', {
    class: 'growth-chart',
    width: plot.width,
    height: plot.height,
    viewBox: `0 0 ${plot.width} ${plot.height}`,
  });
  picture.append(
    ...lineOf(weeks, plot, { reach, name }),
    ...barsOf(weeks, plot, { reach, name: n.format }),
    ...monthsOf(desk, weeks, plot),
  );
  return picture;
}

const middleOf = (plot: Plot, n: number) => plot.left + plot.band * (n + 0.5);

type Drawing = { reach: number; name: (value: number) => string };

/** From the last torn week on: what was before it lies far below, and is drawn along the ground. */
function lineOf(weeks: readonly WeekAnswer[], plot: Plot, { reach, name }: Drawing): SVGElement[] {
  const first = Math.max(
    0,
    weeks.findLastIndex((week) => sumOf(week, came) > reach),
  );
  const shown = weeks.slice(first);
  const { least, most, ticks } = lineScale(shown.map(({ atEnd }) => atEnd));
  const ground = heights.top + heights.line;
  const y = (value: number) => ground - ((value - least) / (most - least)) * heights.line;
  const points = shown.map(({ atEnd }, n) => `${middleOf(plot, first + n).toFixed(1)},${y(atEnd).toFixed(1)}`);
  const [begin, end] = [middleOf(plot, first), middleOf(plot, weeks.length - 1)];
  return [
    ...ticks.map((tick) => gridLine(plot, y(tick), name(tick), tick === least)),
    ...(least === 0 && shown.length > 1
      ? [svg('polygon', { class: 'area', points: `${begin},${ground} ${points.join(' ')} ${end},${ground}` })]
      : []),
    ...(first > 0 ? [svg('line', { class: 'beyond', x1: middleOf(plot, 0), x2: begin, y1: ground, y2: ground })] : []),
    svg('polyline', { class: 'readers-line', points: points.join(' ') }),
    svg('circle', { class: 'readers-end', cx: end, cy: y(shown.at(-1)?.atEnd ?? 0), r: 4 }),
  ];
}

const gridLine = (plot: Plot, y: number, name: string, ground: boolean) =>
  svg(
    'g',
    { class: ground ? 'ground' : 'grid' },
    svg('line', { x1: plot.left, x2: plot.width - plot.right, y1: y, y2: y }),
    svg('text', { x: plot.left - 8, y: y + 4, 'text-anchor': 'end' }, name),
  );

function barsOf(weeks: readonly WeekAnswer[], plot: Plot, { reach, name }: Drawing): SVGElement[] {
  const depth = reachOf(weeks.map((week) => sumOf(week, went)));
  const unit = heights.bars / Math.max(reach + depth, 1);
  const ground = heights.top + heights.line + heights.gap + reach * unit;
  const width = Math.max(2, Math.min(plot.band * 0.68, 28));
  const step = stepFor(Math.max(reach, depth, 1), 3);
  const above = Array.from({ length: Math.floor(reach / step) }, (_, n) => (n + 1) * step);
  const below = Array.from({ length: Math.floor(depth / step) }, (_, n) => (n + 1) * step);
  const marks = [
    ...[0, ...above].map((value) => gridLine(plot, ground - value * unit, name(value), value === 0)),
    ...below.map((value) => gridLine(plot, ground + value * unit, `−${name(value)}`, false)),
  ];
  return [
    ...marks,
    ...weeks.flatMap((week, n) => {
      const x = middleOf(plot, n) - width / 2;
      const place = { x, width, unit, ground };
      const asked = Math.min(week.signedUp, reach) * unit;
      return [
        ...(week.signedUp > 0
          ? [svg('rect', { class: 'bar signedUp', x: x - 1, width: width + 2, y: ground - asked, height: asked })]
          : []),
        ...stack(week, came, { ...place, longest: reach, up: true }),
        ...stack(week, went, { ...place, longest: depth, up: false }),
        ...(sumOf(week, came) > reach ? tearOf({ ...place, end: ground - reach * unit }, name(sumOf(week, came)), plot) : []),
        ...(sumOf(week, went) > depth ? tearOf({ ...place, end: ground + depth * unit }, name(sumOf(week, went)), plot) : []),
      ];
    }),
  ];
}

type Place = { x: number; width: number; unit: number; ground: number };

/** One week's parts, from the ground away; what goes beyond the scale ends with it. */
function stack(
  week: WeekAnswer,
  parts: readonly WeekPart[],
  { x, width, unit, ground, longest, up }: Place & { longest: number; up: boolean },
) {
  let reached = 0;
  return parts.flatMap((part) => {
    const from = Math.min(reached, longest);
    reached += Math.max(0, partOf(week, part));
    const length = (Math.min(reached, longest) - from) * unit;
    if (length <= 0) return [];
    const y = up ? ground - from * unit - length : ground + from * unit;
    return [svg('rect', { class: `bar ${part}`, x, y, width, height: length })];
  });
}

/** A zigzag across the end of a bar that is longer, and how long it is. */
function tearOf({ x, width, end, ground }: Place & { end: number }, length: string, plot: Plot): SVGElement[] {
  const up = end < ground;
  const middle = end + (up ? 10 : -10);
  const [a, b] = [x - 2, x + width + 2];
  const teeth = width > 14 ? 4 : 1;
  const points = Array.from({ length: teeth + 1 }, (_, n) => `${a + ((b - a) * n) / teeth},${middle + (n % 2 === 0 ? 3 : -3)}`).join(' ');
  const anchor = x > plot.width - 60 ? 'end' : x < plot.left + 30 ? 'start' : 'middle';
  return [
    svg('polyline', { class: 'tear', points }),
    svg('text', { class: 'length', x: x + width / 2, y: up ? end - 5 : end + 13, 'text-anchor': anchor }, length),
  ];
}

/** A month is named where it begins, unless its name would run into the last one. */
function monthsOf(desk: Desk, weeks: readonly WeekAnswer[], plot: Plot): SVGElement[] {
  let free = 0;
  return monthMarks(desk, weeks).flatMap(({ n, name }) => {
    const x = plot.left + plot.band * n;
    const tick = svg('line', { class: 'month', x1: x, x2: x, y1: plot.height - 24, y2: plot.height - 18 });
    if (x < free || x > plot.width - 24) return [tick];
    free = x + Math.max(44, name.length * 11);
    return [tick, svg('text', { class: 'month-name', x: x + 3, y: plot.height - 5 }, name)];
  });
}
