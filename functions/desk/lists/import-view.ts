import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import { type Desk, nameOf, type View } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { problemPlace, refusalText } from '../base/problem-text.ts';
import { shortMoment } from '../base/times.ts';
import { rowCounts } from './counts.ts';
import { stopping, stopTold } from './import-stop.ts';
import { stateClass } from './lists-view.ts';
import { questionsForm } from './questions-form.ts';
import { readingForm } from './reading-form.ts';
import { reportPart } from './report-part.ts';
import { startForm } from './start-form.ts';
import { unconfirmedCard } from './unconfirmed-card.ts';

/** Milliseconds between two looks while something goes on. */
const pollMs = 1_000;

/** One list on its way in: how it is read, what would happen, the editor's word, how far it is, and what came of it. */
export function importView(desk: Desk, id: string): View {
  const { words, api, locale } = desk;
  const address = `/api/v1/imports/${id}`;
  const connection = problemPlace(desk);
  const title = el('h1', {}, words.lists);
  const state = el('p', { 'aria-live': 'polite' });
  const body = el('div', { class: 'import' }, el('p', { class: 'hint' }, words.loading));
  const label = el('p', { id: 'import-progress' });
  const bar = el('progress', { max: 1, 'aria-labelledby': 'import-progress' });
  let shown: ImportAnswer | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  async function look() {
    try {
      const now = await api.get<ImportAnswer>(address);
      connection.clear();
      show(now);
      if (now.state !== 'checking' && now.state !== 'running') return;
    } catch (error) {
      connection.show(error);
    }
    if (!stopped) timer = setTimeout(() => void look(), pollMs);
  }

  /** What is being filled in stays: the page is built again only when the import is in another state. */
  function show(now: ImportAnswer) {
    if (now.state === 'running') showProgress(now);
    if (now.state === shown?.state && now.stop?.at === shown.stop?.at) return;
    if (shown && now.state !== shown.state) desk.say(words.importState[now.state]);
    shown = now;
    title.textContent = now.filename || words.unnamedList;
    replaceChildren(
      state,
      el('span', { class: `state ${stateClass[now.state]}` }, words.importState[now.state]),
      el('span', { class: 'hint' }, ' · ', words.importedBy(nameOf(desk, now.by), shortMoment(desk, now.createdAt))),
    );
    replaceChildren(body, ...parts(now));
  }

  function showProgress({ progress }: ImportAnswer) {
    const n = (count: number) => new Intl.NumberFormat(locale).format(count);
    const { rows = 0, of = 0, secondsLeft = null } = progress ?? {};
    bar.value = of > 0 ? rows / of : 0;
    label.textContent = [words.importProgress(n(rows), n(of)), ...(secondsLeft === null ? [] : [words.importLeft(secondsLeft)])].join(
      ' · ',
    );
  }

  function parts(now: ImportAnswer) {
    const started = () => {
      desk.say(words.started);
      void look();
    };
    switch (now.state) {
      case 'checking':
        return [el('p', { class: 'card', role: 'status' }, words.lookingAt)];
      case 'unreadable':
        return [el('p', { class: 'blocked' }, now.failure && refusalText(desk, now.failure)), readingForm(desk, now)];
      case 'checked':
        return [
          questionsForm(desk, now),
          readingForm(desk, now),
          rowCounts(desk, words.wouldHappen, now),
          now.questions.length === 0 && startForm(desk, now, started),
        ];
      case 'failed':
        return [
          el('p', { class: 'blocked' }, now.failure && refusalText(desk, now.failure)),
          rowCounts(desk, words.happened, now),
          declared(desk, now),
        ];
      case 'running':
        return [
          el('section', { class: 'card advance' }, label, bar, el('p', { class: 'hint' }, words.importLeave), stopping(desk, now, show)),
          declared(desk, now),
        ];
      case 'stopped':
      case 'finished':
        return [
          stopTold(desk, now),
          rowCounts(desk, words.happened, now),
          unconfirmedCard(desk, now),
          reportPart(desk, now),
          declared(desk, now),
        ];
    }
  }

  void look();
  const content = el(
    'div',
    { class: 'digest' },
    el('p', {}, el('a', { href: '#/lists', class: 'back' }, words.backToLists)),
    title,
    state,
    connection.element,
    body,
  );
  return {
    title: words.lists,
    content,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function declared(desk: Desk, { declaration }: ImportAnswer) {
  if (!declaration) return null;
  const { by, at, origin } = declaration;
  return el('p', { class: 'told' }, desk.words.declared(nameOf(desk, by), shortMoment(desk, at)), ' ', origin);
}
