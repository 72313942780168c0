import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import { type Desk, nameOf, whileBusy } from '../base/desk.ts';
import { confirmed } from '../base/dialog.ts';
import { type Child, el } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import { shortMoment } from '../base/times.ts';

/** The button that stops an import, and afterwards who has pressed it. */
export function stopping(desk: Desk, { id, stop }: ImportAnswer, stopped: (now: ImportAnswer) => void): Child {
  const { words, api } = desk;
  if (stop) return el('p', { role: 'status' }, words.importStopping(nameOf(desk, stop.by)));
  const problem = problemPlace(desk);
  const button = el('button', { class: 'quiet', onclick: clicked }, words.stopImport);

  function clicked() {
    void whileBusy(button, async () => {
      problem.clear();
      try {
        const question = { title: words.stopImportTitle, text: words.stopImportText, yes: words.stopImportYes, no: words.stopImportNo };
        if (await confirmed(desk, question)) stopped(await api.post<ImportAnswer>(`/api/v1/imports/${id}/stop`));
      } catch (error) {
        problem.show(error);
      }
    });
  }

  return el('div', {}, problem.element, el('p', { class: 'actions' }, button));
}

/** Of an import that was stopped before its end: by whom, and what that means. */
export function stopTold(desk: Desk, { state, stop }: ImportAnswer): Child {
  if (state !== 'stopped' || !stop) return null;
  return el('p', { class: 'told' }, desk.words.importStopped(nameOf(desk, stop.by), shortMoment(desk, stop.at)));
}
