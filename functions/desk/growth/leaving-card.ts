import type { StatisticsAnswer, WeekAnswer } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';

const ways = ['leftThemselves', 'leftByEditor', 'leftByList', 'bounced', 'complained', 'erased'] as const;
const reasons = ['too_many', 'not_for_me', 'never_asked', 'elsewhere', 'other', 'silent'] as const;

/** How readers went in these weeks, and what those who left by themselves said about it. */
export function leavingCard(desk: Desk, { weeks, reasons: said }: StatisticsAnswer): Element {
  const { words } = desk;
  const gone = ways
    .map((way) => ({ name: way, label: words.growth.movement[way], count: sum(weeks, way) }))
    .filter(({ count }) => count > 0);
  const told = reasons
    .map((reason) => ({ name: reason, label: words.growth.leavingReason[reason], count: said[reason] ?? 0 }))
    .filter(({ count }) => count > 0);
  return el(
    'section',
    { class: 'card leaving', 'aria-labelledby': 'leaving-title' },
    el('h2', { id: 'leaving-title' }, words.growth.whyTheyLeft),
    gone.length === 0 && el('p', { class: 'hint' }, words.growth.nobodyLeft),
    gone.length > 0 && el('div', {}, el('h3', {}, words.growth.howTheyWent), shares(desk, gone)),
    told.some(({ name }) => name !== 'silent') && el('div', {}, el('h3', {}, words.growth.whatTheySaid), shares(desk, told)),
  );
}

type Share = { name: string; label: string; count: number };

/** Bars of one measure, longest first as they are read, each with its number. */
function shares({ locale }: Desk, all: readonly Share[]): Element {
  const n = new Intl.NumberFormat(locale);
  const longest = Math.max(...all.map(({ count }) => count));
  return el(
    'dl',
    { class: 'shares' },
    ...all.map(({ name, label, count }) => {
      const bar = el('span', { class: `length ${name}`, 'aria-hidden': 'true' });
      bar.style.width = `${(count / longest) * 100}%`;
      return el(
        'div',
        {},
        el('dt', {}, label),
        el('dd', {}, el('span', { class: 'track' }, bar), el('span', { class: 'figure' }, n.format(count))),
      );
    }),
  );
}

const sum = (weeks: readonly WeekAnswer[], way: (typeof ways)[number]) => weeks.reduce((all, week) => all + week[way], 0);
