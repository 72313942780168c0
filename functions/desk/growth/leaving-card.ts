import type { StatisticsAnswer, WeekAnswer } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { shares } from './shares.ts';

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

const sum = (weeks: readonly WeekAnswer[], way: (typeof ways)[number]) => weeks.reduce((all, week) => all + week[way], 0);
