import type { StatisticsAnswer } from '../../api/statistics/statistics-answer.ts';
import type { ChartSpan } from '../../words/desk-shape.ts';
import { type Desk, type View, whileBusy } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import { digestsTable } from './digests-table.ts';
import { growthFigure } from './growth-figure.ts';
import { leavingCard } from './leaving-card.ts';
import { readersNow } from './readers-now.ts';
import { sourcesCard } from './sources-card.ts';
import { shortly } from './week-times.ts';
import { weeksTable } from './weeks-table.ts';

const spans: readonly ChartSpan[] = [12, 26, 52, 157];
/** Older numbers are counted again when the page is opened. */
const freshMilliseconds = 10 * 60_000;
/** Between two looks whether they are counted, and how many looks are taken. */
const pollMs = 1_000;
const looks = 90;

/** How the list grows, why readers go, and how the digests arrive. */
export function growthView(desk: Desk): View {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const asOf = el('span', { role: 'status' }, words.loading);
  const again: HTMLButtonElement = el('button', { class: 'link', onclick: () => whileBusy(again, count) }, words.growth.countAgain);
  const shown = el('div', { class: 'growth-shown' });
  let span = 26;
  let stopped = false;
  let chart: { stop: () => void } | undefined;

  const load = () => api.get<StatisticsAnswer>(`/api/v1/statistics?weeks=${span}`);

  async function begin() {
    await attempt(async () => {
      const answer = await load();
      show(answer);
      const isFresh = answer.asOf !== null && Date.now() - Date.parse(answer.asOf) < freshMilliseconds;
      if (!isFresh) await whileBusy(again, count);
    });
  }

  /** Asks for a counting and waits for it. */
  async function count() {
    await attempt(async () => {
      replaceChildren(asOf, words.growth.counting);
      const { wantedAt } = await api.post<{ wantedAt: string }>('/api/v1/statistics');
      for (let look = 0; look < looks && !stopped; look += 1) {
        const answer = await load();
        if (answer.asOf !== null && answer.asOf >= wantedAt) {
          show(answer);
          return desk.say(words.growth.counted);
        }
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
      if (stopped) return;
      show(await load());
      asOf.append(` · ${words.growth.countingLate}`);
    });
  }

  async function attempt(work: () => Promise<void>) {
    problem.clear();
    try {
      await work();
    } catch (error) {
      problem.show(error);
    }
  }

  function show(answer: StatisticsAnswer) {
    if (stopped) return;
    chart?.stop();
    chart = undefined;
    replaceChildren(asOf, answer.asOf ? words.growth.growthAsOf(shortly(desk, answer.asOf)) : words.growth.neverCounted);
    if (answer.asOf === null) return;
    if (isEmpty(answer)) return replaceChildren(shown, nothingYet(desk));
    const growth = growthFigure(desk, answer.weeks);
    chart = growth;
    replaceChildren(
      shown,
      readersNow(desk, answer),
      growth.element,
      sourcesCard(desk, answer),
      leavingCard(desk, answer),
      digestsTable(desk, answer.digests),
      weeksTable(desk, answer.weeks),
    );
  }

  function chooseSpan(weeks: number) {
    span = weeks;
    void attempt(async () => show(await load()));
  }

  void begin();
  const content = el(
    'div',
    { class: 'growth-view' },
    el('div', { class: 'bar' }, el('h1', {}, words.growth.title), spanChooser(desk, span, chooseSpan)),
    el('p', { class: 'hint as-of' }, asOf, ' ', again),
    problem.element,
    shown,
  );
  const stop = () => {
    stopped = true;
    chart?.stop();
  };
  return { title: words.growth.title, content, stop };
}

function spanChooser({ words }: Desk, chosen: number, choose: (weeks: number) => void) {
  const choice = (weeks: ChartSpan) =>
    el(
      'label',
      {},
      el('input', { type: 'radio', name: 'span', value: weeks, checked: weeks === chosen, onchange: () => choose(weeks) }),
      el('span', {}, words.growth.growthSpans[weeks]),
    );
  return el('div', { class: 'faces', role: 'radiogroup', 'aria-label': words.growth.growthSpan }, ...spans.map(choice));
}

const isEmpty = ({ readers, weeks, digests }: StatisticsAnswer) =>
  digests.length === 0 && weeks.length <= 1 && Object.values(readers).every((count) => count === 0);

const nothingYet = ({ words }: Desk) =>
  el(
    'div',
    { class: 'empty' },
    el('p', {}, words.growth.noStatistics),
    el(
      'p',
      { class: 'actions' },
      el('a', { class: 'button', href: '/' }, words.growth.toSignUpPage),
      el('a', { class: 'button quiet', href: '#/lists' }, words.growth.toLists),
    ),
  );
