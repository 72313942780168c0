import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';
import { fileDrop } from '../desk/file-drop.ts';
import { isProblem } from '../desk/problem.ts';
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

/** Where a file comes in, alone or with its pictures. */
export function dropZone(desk: Desk, { replacing, onUploaded, remedy = () => [] }: Drop): Element {
  const { words, api } = desk;
  const drop = fileDrop(desk, {
    id: 'upload',
    words: { hint: words.dropHint, choose: words.chooseFile, limits: words.dropKinds },
    field: { multiple: true },
    chosen: (files) => take(namedFiles(files)),
    dropped: (what) => droppedFiles(what).then(take),
  });

  async function take(files: readonly NamedFile[]) {
    try {
      await send(oneIssue(files), replacing);
    } catch (error) {
      if (!(error instanceof NotOneIssue)) throw error;
      drop.problem.show(new Error(error.candidates.length === 0 ? words.noIssueInFiles : words.severalIssues(error.candidates)));
    }
  }

  async function send(chosen: ChosenIssue, instead: Upload['replacing']) {
    await drop.transfer(
      words.uploading(chosen.issue.name, chosen.images.length),
      async ({ tell, onProgress: show, signal }) => {
        const onProgress = (share: number) => {
          show(share);
          if (share === 1) tell(words.reading);
        };
        const { status, answer } = await upload(api, { chosen, replacing: instead, onProgress, signal });
        onUploaded(answer, instead ? 'replaced' : status === 201 ? 'new' : 'same');
      },
      (error) => drop.problem.show(error, ...offers(error, chosen)),
    );
  }

  function offers(error: unknown, issue: ChosenIssue): Node[] {
    const taken = isProblem(error, 'slug_taken') && /\/editors\/issues\/([a-z0-9-]+)/.exec(error.message)?.[1];
    if (!taken) return remedy(error, (instead) => void send(issue, instead));
    const replace = el('button', { type: 'button', onclick: () => void send(issue, { slug: taken }) }, words.replaceInstead);
    return [el('p', { class: 'actions' }, replace, el('a', { class: 'button quiet', href: `#/issues/${taken}` }, words.lookAtIt))];
  }

  return drop.element;
}
