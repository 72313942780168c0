import type { ReaderAnswer } from '../../readers/reader-answer.ts';
import { type Desk, type View, whileBusy } from '../desk/desk.ts';
import { el, replaceChildren } from '../desk/dom.ts';
import { clearFaults, FieldFault, field, showFault } from '../desk/field.ts';
import { isProblem, type Problem, problemPlace } from '../desk/problem.ts';
import { readerActions } from './reader-actions.ts';
import { readerFacts } from './reader-facts.ts';

/** One reader, looked up by their exact address. The address stays in the page: not in its own address, which browsers keep. */
export function readerView(desk: Desk): View {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const found = el('div', { class: 'looked-up', 'aria-live': 'polite' });
  const address = el('input', { name: 'email', type: 'email', autocomplete: 'off', spellcheck: 'false', required: true });
  const button = el('button', {}, words.lookUp.submit);
  const form: HTMLFormElement = el(
    'form',
    { class: 'card look-up', novalidate: true, onsubmit: submitted },
    field(address, { label: words.lookUp.address, hint: words.lookUp.intro }),
    button,
    problem.element,
  );

  function submitted(event: Event) {
    event.preventDefault();
    void whileBusy(button, async () => {
      problem.clear();
      clearFaults(form);
      replaceChildren(found);
      const asked = address.value;
      try {
        show(asked, await api.get<ReaderAnswer>(`/editors/subscribers?email=${encodeURIComponent(asked)}`));
      } catch (error) {
        if (isProblem(error, 'not_found')) replaceChildren(found, el('p', { class: 'empty' }, words.lookUp.nobody));
        else if (isProblem(error, 'invalid_request')) showFault(form, faultOf(desk, error, 'email'));
        else problem.show(error);
      }
    });
  }

  function show(asked: string, reader: ReaderAnswer) {
    const name = reader.address ?? asked.trim();
    replaceChildren(
      found,
      el(
        'article',
        { class: 'card reader', 'aria-label': name },
        ...readerFacts(desk, name, reader, readerActions(desk, { asked, reader, changed: (now) => show(asked, now) })),
      ),
    );
  }

  return { title: words.allReaders, content: el('div', { class: 'readers' }, el('h1', {}, words.allReaders), form, found) };
}

/** The server's fault of a field, in the page's words. */
export function faultOf({ words }: Desk, { errors, message }: Problem, otherwise: string) {
  const [fault] = errors;
  return new FieldFault(fault?.path ?? otherwise, words.lookUp.faults[fault?.code ?? ''] ?? message);
}
