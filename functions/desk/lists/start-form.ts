import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import { declarationWords } from '../../words/languages.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { clearFaults, FieldFault, field, showFault } from '../base/field.ts';
import { problemPlace } from '../base/problem-text.ts';

/** The editor's declaration that these people asked for the newsletter, and the button that starts the import. */
export function startForm(desk: Desk, { id, checked, declarationVersion }: ImportAnswer, started: () => void): Element {
  const { words, api, locale } = desk;
  const problem = problemPlace(desk);
  const { added = 0, kept = 0, left = 0, suppressed = 0, erased = 0, moved = 0 } = checked?.outcomes ?? {};
  const taken = added + kept + left + suppressed + erased + moved;
  if (taken === 0) return el('p', { class: 'blocked' }, words.nothingToTake);
  const button = el('button', {}, words.start(taken));
  const agreed = el('input', { type: 'checkbox', name: 'agreed', id: 'field-agreed', 'aria-describedby': 'field-agreed-fault' });
  const form: HTMLFormElement = el(
    'form',
    { class: 'asked', novalidate: true, onsubmit: submitted },
    field(el('textarea', { name: 'origin', rows: 2, maxlength: 500 }), { label: words.origin, hint: words.originHint }),
    el(
      'div',
      {},
      el('label', { class: 'tick' }, agreed, ' ', declarationWords[locale]),
      el('p', { class: 'fault', id: 'field-agreed-fault', role: 'alert' }),
    ),
    problem.element,
    el('div', { class: 'actions' }, button),
  );

  function submitted(event: Event) {
    event.preventDefault();
    clearFaults(form);
    problem.clear();
    const said = new FormData(form);
    const origin = String(said.get('origin')).trim();
    if (origin.length < 3) return showFault(form, new FieldFault('origin', words.originMissing));
    if (!said.has('agreed')) return showFault(form, new FieldFault('agreed', words.agreeMissing));
    void whileBusy(button, async () => {
      try {
        await api.post(`/api/v1/imports/${id}/start`, { body: { wording: declarationVersion, locale, origin } });
        started();
      } catch (error) {
        problem.show(error);
      }
    });
  }

  return el('section', { class: 'card', 'aria-labelledby': 'start-title' }, el('h2', { id: 'start-title' }, words.startTitle), form);
}
