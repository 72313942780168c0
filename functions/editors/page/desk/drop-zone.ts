import type { IssueAnswer } from '../../issue-answer.ts';
import { Problem } from './api.ts';
import { type Desk, problemPlace } from './desk.ts';
import { el } from './dom.ts';

const acceptedFiles = '.html,.htm,.md,.markdown,.txt,.json,text/*,application/json';

/** Where a file comes in: dropped, or chosen by mouse or keyboard. When its slug is taken, the way to replace is offered right here. */
export function dropZone(desk: Desk, onUploaded: (issue: IssueAnswer, outcome: 'new' | 'same' | 'replaced') => void): Element {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const progress = el('progress', { max: 1, value: 0, 'aria-labelledby': 'upload-progress' });
  const progressLabel = el('p', { id: 'upload-progress', role: 'status' });
  const working = el('div', { class: 'working', hidden: true }, progressLabel, progress);
  const input = el('input', { type: 'file', id: 'upload-file', class: 'unseen', accept: acceptedFiles, onchange: () => void chosen() });
  const zone = el(
    'div',
    { class: 'drop', ondragover: over, ondragleave: left, ondrop: dropped },
    el('p', {}, words.dropHint, ' ', input, el('label', { for: 'upload-file', class: 'button' }, words.chooseFile)),
    el('p', { class: 'hint' }, words.dropKinds),
  );

  async function send(file: File, replacing?: string) {
    problem.clear();
    working.hidden = false;
    progressLabel.textContent = words.uploading(file.name);
    const onProgress = (share: number) => {
      progress.value = share;
      if (share >= 1) progressLabel.textContent = words.reading;
    };
    try {
      const { status, answer } = await api.upload<IssueAnswer>({ file, onProgress, ...(replacing && { replacing }) });
      onUploaded(answer, replacing ? 'replaced' : status === 201 ? 'new' : 'same');
    } catch (error) {
      problem.show(error, ...replaceOffer(error, file));
    } finally {
      working.hidden = true;
      input.value = '';
    }
  }

  function replaceOffer(error: unknown, file: File): Node[] {
    const taken = error instanceof Problem && error.code === 'slug_taken' && /\/editors\/issues\/([a-z0-9-]+)/.exec(error.message)?.[1];
    return taken ? [el('p', {}, el('button', { type: 'button', onclick: () => void send(file, taken) }, words.replaceInstead))] : [];
  }

  async function chosen() {
    const file = input.files?.[0];
    if (file) await send(file);
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
    const file = (event as DragEvent).dataTransfer?.files[0];
    if (file) void send(file);
  }

  return el(
    'section',
    { class: 'card', 'aria-labelledby': 'upload-title' },
    el('h2', { id: 'upload-title' }, words.dropTitle),
    zone,
    working,
    problem.element,
  );
}
