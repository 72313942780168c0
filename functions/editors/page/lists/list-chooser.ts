import type { ImportAnswer } from '../../lists/import-answer.ts';
import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';
import { problemPlace } from '../desk/problem.ts';
import { sendPast } from '../desk/send-past.ts';
import { CalledOff } from '../desk/transfer.ts';

/** Where a list comes in: dropped, or chosen by mouse or keyboard. */
export function listChooser(desk: Desk): Element {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const label = el('p', { id: 'list-progress', role: 'status' });
  const progress = el('progress', { max: 1, value: 0, 'aria-labelledby': 'list-progress' });
  const stop = el('button', { type: 'button', class: 'quiet', onclick: () => sending?.abort() }, words.cancel);
  const working = el('div', { class: 'working', hidden: true }, label, progress, stop);
  const accept = '.csv,.tsv,.txt,.jsonl,text/csv,text/plain,application/jsonl';
  const input = el('input', { type: 'file', id: 'list-file', class: 'unseen', accept, onchange: () => void take(input.files?.[0]) });
  const zone = el(
    'div',
    { class: 'drop', ondragover: over, ondragleave: left, ondrop: dropped },
    el('p', {}, words.importHint, ' ', input, el('label', { for: 'list-file', class: 'button' }, words.chooseList)),
    el('p', { class: 'hint' }, words.importLimits),
  );
  let sending: AbortController | undefined;

  async function take(file: File | undefined) {
    if (!file || sending) return;
    sending = new AbortController();
    problem.clear();
    working.hidden = false;
    label.textContent = words.sendingList(file.name);
    const onProgress = (share: number) => {
      progress.value = share;
    };
    try {
      const uploadId = await sendPast(api, file, { purpose: 'import', onProgress, signal: sending.signal });
      const { id } = await api.post<ImportAnswer>('/editors/imports', { body: { uploadId, filename: file.name.slice(0, 300) } });
      location.hash = `#/lists/${id}`;
    } catch (error) {
      if (!(error instanceof CalledOff)) problem.show(error);
    } finally {
      sending = undefined;
      working.hidden = true;
      input.value = '';
    }
  }

  function over(event: Event) {
    event.preventDefault();
    zone.classList.add('over');
  }
  function left() {
    zone.classList.remove('over');
  }
  function dropped(event: Event) {
    event.preventDefault();
    left();
    void take((event as DragEvent).dataTransfer?.files[0]);
  }

  return el('div', { class: 'upload' }, zone, working, problem.element);
}
