import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';
import { isProblem, problemPlace } from '../desk/problem.ts';
import { CalledOff } from '../desk/transfer.ts';
import { type ChosenIssue, droppedFiles, type NamedFile, NotOneIssue, namedFiles, oneIssue } from './chosen-files.ts';
import { type Upload, upload } from './upload.ts';
import type { WholeIssue } from './whole-issue.ts';

export type Outcome = 'new' | 'same' | 'replaced';

type Drop = {
  /** The issue whose text the file becomes; without it, the file is a new issue. */
  replacing?: Upload['replacing'];
  onUploaded: (issue: WholeIssue, outcome: Outcome) => void;
  /** What may be done about a failure, shown beside it. */
  remedy?: (error: unknown, again: (replacing: Upload['replacing']) => void) => Node[];
};

/** Where a file comes in, alone or with its pictures: dropped, or chosen by mouse or keyboard. */
export function dropZone(desk: Desk, { replacing, onUploaded, remedy = () => [] }: Drop): Element {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const label = el('p', { id: 'upload-progress', role: 'status' });
  const progress = el('progress', { max: 1, value: 0, 'aria-labelledby': 'upload-progress' });
  const stop = el('button', { type: 'button', class: 'quiet', onclick: () => transfer?.abort() }, words.cancel);
  const working = el('div', { class: 'working', hidden: true }, label, progress, stop);
  const input = el('input', { type: 'file', id: 'upload-file', class: 'unseen', multiple: true, onchange: () => void chosen() });
  const zone = el(
    'div',
    { class: 'drop', ondragover: over, ondragleave: left, ondrop: dropped },
    el('p', {}, words.dropHint, ' ', input, el('label', { for: 'upload-file', class: 'button' }, words.chooseFile)),
    el('p', { class: 'hint' }, words.dropKinds),
  );
  let transfer: AbortController | undefined;

  async function take(files: readonly NamedFile[]) {
    try {
      await send(oneIssue(files), replacing);
    } catch (error) {
      if (!(error instanceof NotOneIssue)) throw error;
      problem.show(new Error(error.candidates.length === 0 ? words.noIssueInFiles : words.severalIssues(error.candidates)));
    }
  }

  async function send(issue: ChosenIssue, instead: Upload['replacing']) {
    if (transfer) return;
    transfer = new AbortController();
    problem.clear();
    working.hidden = false;
    progress.value = 0;
    label.textContent = words.uploading(issue.issue.name, issue.images.length);
    const onProgress = (share: number) => {
      progress.value = share;
      if (share < 1) return;
      progress.removeAttribute('value');
      label.textContent = words.reading;
    };
    try {
      const { status, answer } = await upload(api, { chosen: issue, replacing: instead, onProgress, signal: transfer.signal });
      onUploaded(answer, instead ? 'replaced' : status === 201 ? 'new' : 'same');
    } catch (error) {
      if (!(error instanceof CalledOff)) problem.show(error, ...offers(error, issue));
    } finally {
      transfer = undefined;
      working.hidden = true;
      input.value = '';
    }
  }

  function offers(error: unknown, issue: ChosenIssue): Node[] {
    const taken = isProblem(error, 'slug_taken') && /\/editors\/issues\/([a-z0-9-]+)/.exec(error.message)?.[1];
    if (!taken) return remedy(error, (instead) => void send(issue, instead));
    const replace = el('button', { type: 'button', onclick: () => void send(issue, { slug: taken }) }, words.replaceInstead);
    return [el('p', { class: 'actions' }, replace, el('a', { class: 'button quiet', href: `#/issues/${taken}` }, words.lookAtIt))];
  }

  const chosen = () => take(namedFiles(input.files ?? []));
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
    const { dataTransfer } = event as DragEvent;
    if (dataTransfer) void droppedFiles(dataTransfer).then(take);
  }

  return el('div', { class: 'upload' }, zone, working, problem.element);
}
