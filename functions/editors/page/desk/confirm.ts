import type { Desk } from './desk.ts';
import { el } from './dom.ts';

type Question = { title: string; text: string; yes: string };

/** Asks before what cannot be undone. The harmless answer has the focus, and Escape gives it. */
export function confirmed({ words }: Desk, { title, text, yes }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = el(
      'dialog',
      { class: 'question', 'aria-labelledby': 'question-title', 'aria-describedby': 'question-text' },
      el('h2', { id: 'question-title' }, title),
      el('p', { id: 'question-text' }, text),
      el(
        'form',
        { method: 'dialog', class: 'actions' },
        el('button', { value: 'no', class: 'quiet', autofocus: true }, words.cancel),
        el('button', { value: 'yes', class: 'danger' }, yes),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
