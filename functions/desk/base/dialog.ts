import { Problem } from './api-problem.ts';
import { type Desk, whileBusy } from './desk.ts';
import { type Child, el } from './dom.ts';
import { clearFaults, FieldFault, showFault } from './field.ts';
import { problemPlace } from './problem-text.ts';

type Question<Answer> = {
  title: string;
  content: Child;
  yes: string;
  /** The button that leaves everything as it is, where “Back” could be taken for `yes`. */
  no?: string | undefined;
  /** Cannot be undone: the button says so in its colour. */
  danger?: boolean;
  /** Its fault stays in the dialog, beside the field it is about. */
  submit: (form: FormData) => Promise<Answer>;
};

let questions = 0;

/** Refusals that change the question: they go to the caller, and not into the dialog. */
const beyondTheQuestion: readonly string[] = ['changed_meanwhile', 'preflight_failed'];

/**
 * Asks in a dialog and does what was asked for before it closes; undefined when the person thought better of it. Without a
 * field, the harmless answer has the focus, and Escape gives it. The focus returns to where it was.
 * @throws Problem when the answer makes the question another one
 */
export function ask<Answer>(
  desk: Desk,
  { title, content, yes, no = desk.words.dismiss, danger = false, submit }: Question<Answer>,
): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    questions += 1;
    const id = `question-${questions}`;
    const problem = problemPlace(desk);
    const body = el('div', { class: 'asked', id: `${id}-text` }, content);
    const hasField = body.querySelector('input, textarea') !== null;
    const submitButton = el('button', { class: danger ? 'danger' : '' }, yes);
    const cancelButton = el('button', { type: 'button', class: 'quiet', autofocus: !hasField }, no);
    const form: HTMLFormElement = el(
      'form',
      { novalidate: true, onsubmit: submitted },
      body,
      problem.element,
      el('div', { class: 'actions' }, cancelButton, submitButton),
    );
    const dialog = el(
      'dialog',
      { class: 'question', 'aria-labelledby': id, 'aria-describedby': `${id}-text` },
      el('h2', { id }, title),
      form,
    );
    let answer: Answer | undefined;

    function submitted(event: Event) {
      event.preventDefault();
      void whileBusy(submitButton, async () => {
        problem.clear();
        clearFaults(form);
        try {
          answer = await submit(new FormData(form));
          dialog.close();
        } catch (error) {
          if (error instanceof FieldFault) return showFault(form, error);
          if (!(error instanceof Problem && beyondTheQuestion.includes(error.code))) return problem.show(error);
          reject(error);
          dialog.close();
        }
      });
    }

    cancelButton.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

type Confirmation = Pick<Question<true>, 'title' | 'yes' | 'no'> & { text: Child };

/** Asks before what cannot be undone. */
export async function confirmed(desk: Desk, { text, ...question }: Confirmation): Promise<boolean> {
  return (await ask(desk, { ...question, content: el('p', {}, text), danger: true, submit: async () => true })) ?? false;
}
