import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { historyList } from '../base/history.ts';
import type { WholeIssue } from './whole-issue.ts';

type Conflict = { seen: WholeIssue; now: WholeIssue; look: () => void; goOn: () => void };

/** Somebody else was quicker: what they did, and the choice to look at it or to go on all the same. */
export function conflict(desk: Desk, { seen, now, look, goOn }: Conflict): HTMLElement {
  const { words } = desk;
  const known = new Set((seen.history ?? []).map((entry) => JSON.stringify(entry)));
  const since = (now.history ?? []).filter((entry) => !known.has(JSON.stringify(entry)));
  return el(
    'div',
    { class: 'conflict', role: 'alert', tabindex: -1 },
    el('h2', {}, words.conflictTitle),
    el('p', {}, since.length > 0 ? words.conflictSince : words.conflictUnknown),
    since.length > 0 && historyList(desk, since),
    seen.title !== now.title && el('p', {}, words.titleIsNow(now.title)),
    el(
      'div',
      { class: 'actions' },
      el('button', { type: 'button', onclick: look }, words.lookFirst),
      el('button', { type: 'button', class: 'quiet', onclick: goOn }, words.goOn),
    ),
  );
}
