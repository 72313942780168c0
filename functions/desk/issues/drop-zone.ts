import { Problem } from '../base/api-problem.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { fileDrop } from '../base/file-drop.ts';
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

  async function send(chosen: ChosenIssue, instead: Upload['replacing'], choices: Pick<Upload, 'slug' | 'encoding'> = {}) {
    await drop.transfer(
      words.uploading(chosen.issue.name, chosen.images.length),
      async ({ tell, onProgress: show, signal }) => {
        const onProgress = (share: number) => {
          show(share);
          if (share === 1) tell(words.reading);
        };
        const { status, answer } = await upload(api, { chosen, replacing: instead, ...choices, onProgress, signal });
        onUploaded(answer, instead ? 'replaced' : status === 201 ? 'new' : 'same');
      },
      (error) => drop.problem.show(error, ...offers(error, chosen, instead)),
    );
  }

  function offers(error: unknown, issue: ChosenIssue, replacing: Upload['replacing']): Node[] {
    const candidates = error instanceof Problem && error.is('encoding_unsure') ? error.values.candidates : [];
    const readAs = (encoding: string) =>
      el('button', { type: 'button', onclick: () => void send(issue, replacing, { encoding }) }, words.readAs({ encoding }));
    if (candidates.length > 0) return [el('p', { class: 'actions' }, ...candidates.map(readAs))];
    const taken = error instanceof Problem && error.is('slug_taken') ? error.values : undefined;
    if (taken === undefined) return remedy(error, (instead) => void send(issue, instead));
    const { slug, free } = taken;
    const replace = el('button', { type: 'button', onclick: () => void send(issue, { slug }) }, words.replaceInstead);
    const keep = el('button', { type: 'button', onclick: () => void send(issue, undefined, { slug: free }) }, words.keepBoth);
    return [el('p', { class: 'actions' }, replace, keep, el('a', { class: 'button quiet', href: `#/issues/${slug}` }, words.lookAtIt))];
  }

  return drop.element;
}
