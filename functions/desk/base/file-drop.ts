import type { Desk } from './desk.ts';
import { el } from './dom.ts';
import { problemPlace } from './problem-text.ts';
import { CalledOff, type Transfer } from './transfer.ts';

type Drop = {
  /** Begins the ids of its file field and of its progress. */
  id: string;
  words: { hint: string; choose: string; limits: string };
  field: { multiple?: boolean; accept?: string };
  chosen: (files: readonly File[]) => unknown;
  dropped: (what: DataTransfer) => unknown;
};

/** How a transfer is told of: how far it is, from 0 to 1, and in words. */
type Telling = Pick<Transfer, 'onProgress' | 'signal'> & { tell: (line: string) => void };

/** Where files come in: dropped, or chosen by mouse or keyboard; one transfer at a time, which can be cancelled. */
export function fileDrop(desk: Desk, { id, words, field, chosen, dropped }: Drop) {
  const problem = problemPlace(desk);
  const label = el('p', { id: `${id}-progress`, role: 'status' });
  const progress = el('progress', { max: 1, value: 0, 'aria-labelledby': `${id}-progress` });
  const stop = el('button', { type: 'button', class: 'quiet', onclick: () => underWay?.abort() }, desk.words.stopUpload);
  const working = el('div', { class: 'working', hidden: true }, label, progress, stop);
  const input = el('input', {
    ...field,
    type: 'file',
    id: `${id}-file`,
    class: 'unseen',
    onchange: () => void chosen([...(input.files ?? [])]),
  });
  const zone = el(
    'div',
    { class: 'drop', ondragover: over, ondragleave: left, ondrop: onDrop },
    el('p', {}, words.hint, ' ', input, el('label', { for: `${id}-file`, class: 'button' }, words.choose)),
    el('p', { class: 'hint' }, words.limits),
  );
  let underWay: AbortController | undefined;

  /** Does `work` unless other work is under way; an error goes to `failed`, unless somebody cancelled the work. */
  async function transfer(line: string, work: (telling: Telling) => Promise<void>, failed: (error: unknown) => void) {
    if (underWay) return;
    underWay = new AbortController();
    problem.clear();
    working.hidden = false;
    progress.value = 0;
    label.textContent = line;
    const tell = (now: string) => {
      label.textContent = now;
    };
    const onProgress = (share: number) => {
      if (share < 1) progress.value = share;
      else progress.removeAttribute('value');
    };
    try {
      await work({ tell, onProgress, signal: underWay.signal });
    } catch (error) {
      if (!(error instanceof CalledOff)) failed(error);
    } finally {
      underWay = undefined;
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
  function onDrop(event: Event) {
    event.preventDefault();
    left();
    const { dataTransfer } = event as DragEvent;
    if (dataTransfer) void dropped(dataTransfer);
  }

  return { element: el('div', { class: 'upload' }, zone, working, problem.element), problem, transfer };
}
