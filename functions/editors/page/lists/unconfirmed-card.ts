import type { ImportAnswer } from '../../lists/import-answer.ts';
import { type Desk, whileBusy } from '../desk/desk.ts';
import { confirmed } from '../desk/dialog.ts';
import { type Child, el, replaceChildren } from '../desk/dom.ts';
import { problemPlace } from '../desk/problem.ts';

/** How many never confirmed, and the one question that may be put to them. */
export function unconfirmedCard(desk: Desk, imported: ImportAnswer): Child {
  const { words, api, locale } = desk;
  if ((imported.counts?.outcomes.kept ?? 0) === 0) return null;
  const problem = problemPlace(desk);
  const standing = el('div', { role: 'status' });
  const n = (count: number) => new Intl.NumberFormat(locale).format(count);

  const ask = (askable: number) => async (event: Event) =>
    whileBusy(event.currentTarget as HTMLButtonElement, async () => {
      problem.clear();
      try {
        const question = { title: words.askQuestion(n(askable)), text: words.askExplained, yes: words.askConfirm };
        if (!(await confirmed(desk, question))) return;
        show(await api.post<ImportAnswer>(`/editors/imports/${imported.id}/ask`, { body: { count: askable } }));
      } catch (error) {
        problem.show(error);
      }
    });

  function show({ unconfirmed }: ImportAnswer) {
    if (!unconfirmed) return;
    const { askable, asked, state, perDay, by } = unconfirmed;
    const told = {
      not_asked: askable > 0 ? words.askable(n(askable), n(perDay)) : words.noneAskable,
      asking: words.asking(n(asked), n(askable), by ?? ''),
      done: words.askDone(n(asked)),
      stopped: words.askStopped(n(asked)),
    };
    const button = el('button', { class: 'quiet', onclick: ask(askable) }, words.ask(n(askable)));
    replaceChildren(standing, el('p', {}, told[state]), state === 'not_asked' && askable > 0 && el('p', { class: 'actions' }, button));
  }

  show(imported);
  return el(
    'section',
    { class: 'card', 'aria-labelledby': 'ask-title' },
    el('h2', { id: 'ask-title' }, words.askTitle),
    standing,
    problem.element,
  );
}
