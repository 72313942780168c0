import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import { type Desk, nameOf, whileBusy } from '../base/desk.ts';
import { confirmed } from '../base/dialog.ts';
import { type Child, el, replaceChildren } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';

/** How many never confirmed, and the one mail that may ask them. */
export function unconfirmedCard(desk: Desk, imported: ImportAnswer): Child {
  const { words, api, locale } = desk;
  if ((imported.counts?.outcomes.kept ?? 0) === 0) return null;
  const problem = problemPlace(desk);
  const status = el('div', { role: 'status' });
  const n = (count: number) => new Intl.NumberFormat(locale).format(count);

  const ask = (askable: number) => async (event: Event) =>
    whileBusy(event.currentTarget as HTMLButtonElement, async () => {
      problem.clear();
      try {
        const question = { title: words.askQuestion(askable), text: words.askExplained, yes: words.askConfirm };
        if (!(await confirmed(desk, question))) return;
        show(await api.post<ImportAnswer>(`/api/v1/imports/${imported.id}/ask`, { body: { count: askable } }));
      } catch (error) {
        problem.show(error);
      }
    });

  function show({ unconfirmed }: ImportAnswer) {
    if (!unconfirmed) return;
    const { askable, asked, state, perDay, by } = unconfirmed;
    const told = {
      not_asked: askable > 0 ? words.askable(askable, n(perDay)) : words.noneAskable,
      asking: words.asking(n(asked), n(askable), by ? nameOf(desk, by) : ''),
      done: words.askDone(n(asked)),
      stopped: words.askStopped(n(asked)),
    };
    const button = el('button', { class: 'quiet', onclick: ask(askable) }, words.ask(askable));
    replaceChildren(status, el('p', {}, told[state]), state === 'not_asked' && askable > 0 && el('p', { class: 'actions' }, button));
  }

  show(imported);
  return el(
    'section',
    { class: 'card', 'aria-labelledby': 'ask-title' },
    el('h2', { id: 'ask-title' }, words.askTitle),
    status,
    problem.element,
  );
}
