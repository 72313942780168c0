import type { ReaderAnswer } from '../../api/readers/reader-answer.ts';
import { isProblem, Problem } from '../base/api-problem.ts';
import { type Desk, type View, whileBusy } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { clearFaults, FieldFault, field, showFault } from '../base/field.ts';
import { problemPlace, problemText } from '../base/problem-text.ts';
import { readerActions } from './reader-actions.ts';
import { readerFacts } from './reader-facts.ts';

/** One reader, looked up by their exact address. The address stays in the page: not in its own address, which browsers keep. */
export function readerView(desk: Desk): View {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const found = el('div', { class: 'looked-up', 'aria-live': 'polite' });
  const address = el('input', { name: 'email', type: 'email', autocomplete: 'off', spellcheck: 'false', required: true });
  const button = el('button', {}, words.readerSearch.submit);
  const form: HTMLFormElement = el(
    'form',
    { class: 'card reader-search', novalidate: true, onsubmit: submitted },
    field(address, { label: words.readerSearch.address, hint: words.readerSearch.intro }),
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
        show(asked, await api.get<ReaderAnswer>(`/api/v1/subscribers?email=${encodeURIComponent(asked)}`));
      } catch (error) {
        const text = problemText(desk, error);
        if (isProblem(error, 'reader_not_found')) replaceChildren(found, el('p', { class: 'empty' }, text));
        else if (error instanceof Problem && error.status === 400) showFault(form, new FieldFault('email', text));
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
