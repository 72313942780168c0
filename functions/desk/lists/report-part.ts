import type { ImportAnswer, ImportReportAnswer } from '../../api/lists/import-answer.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';

/** The report, asked for when somebody wants it: it has addresses in it, so that is recorded. */
export function reportPart(desk: Desk, { id }: ImportAnswer): Element {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const button = el('button', { class: 'quiet', onclick: fetched }, words.importReport);

  function fetched() {
    void whileBusy(button, async () => {
      problem.clear();
      try {
        location.assign((await api.get<ImportReportAnswer>(`/api/v1/imports/${id}/report`)).url);
      } catch (error) {
        problem.show(error);
      }
    });
  }

  return el('div', {}, problem.element, el('p', { class: 'actions' }, button), el('p', { class: 'hint' }, words.reportHint));
}
