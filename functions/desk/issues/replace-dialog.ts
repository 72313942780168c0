import { isProblem } from '../base/api-problem.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { conflict } from './conflict.ts';
import { dropZone } from './drop-zone.ts';
import type { Upload } from './upload.ts';
import type { WholeIssue } from './whole-issue.ts';

type Replacement = { issue: WholeIssue; replaced: (title: string) => void; look: () => void };

/** Asks for the file that takes the place of an issue's text; its progress and its faults stay in the dialog. */
export function askForFile(desk: Desk, { issue, replaced, look }: Replacement) {
  const { words, api } = desk;
  const { slug, version, state } = issue;
  const close = el('button', { type: 'button', class: 'quiet' }, words.dismiss);
  const zone = dropZone(desk, {
    replacing: { slug, version },
    onUploaded: ({ title }) => {
      dialog.close();
      replaced(title);
    },
    remedy: (error, again) => (isProblem(error, 'changed_meanwhile') ? [quarrel(again)] : []),
  });
  const dialog = el(
    'dialog',
    { class: 'question', 'aria-labelledby': 'replace-title' },
    el('h2', { id: 'replace-title' }, words.replaceTitle),
    el('p', {}, words.replaceExplained[state]),
    zone,
    el('div', { class: 'actions' }, close),
  );

  /** Filled as soon as it is known what the other editor did. */
  function quarrel(again: (replacing: Upload['replacing']) => void): Node {
    const place = el('div', {});
    const lookAtIt = () => {
      dialog.close();
      look();
    };
    void api.get<WholeIssue>(`/api/v1/issues/${slug}`).then((now) => {
      const element = conflict(desk, { seen: issue, now, look: lookAtIt, goOn: () => again({ slug, version: now.version }) });
      place.append(element);
      element.focus();
    });
    return place;
  }

  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
