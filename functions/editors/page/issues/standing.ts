import type { Desk } from '../desk/desk.ts';
import { type Child, el } from '../desk/dom.ts';
import { momentInFull } from '../desk/times.ts';
import type { Outlook } from './outlook.ts';
import { topicNames } from './topics.ts';
import type { WholeIssue } from './whole-issue.ts';

/** Where an issue stands and what happens next without anybody doing anything, in plain words. */
export function standing(desk: Desk, issue: WholeIssue, outlook: Outlook): Element {
  return el(
    'div',
    { class: `standing ${issue.state}`, tabindex: -1 },
    el(
      'p',
      {},
      el('span', { class: `state ${issue.state}` }, desk.words.state[issue.state]),
      issue.unlisted && el('span', { class: 'state unlisted' }, desk.words.unlistedState),
    ),
    el(
      'div',
      { class: 'says' },
      says(desk, issue, outlook),
      issue.topics.length > 0 && el('p', {}, desk.words.forTopics(topicNames(desk, issue.topics))),
    ),
  );
}

function says(desk: Desk, issue: WholeIssue, outlook: Outlook): Child {
  const { words } = desk;
  const { state, slug, digest, scheduledFor, unlisted } = issue;
  const to = words.toReaders(outlook.readers);
  if (state === 'queued')
    return weekly(desk, words.standsQueued(outlook.next.issues.filter((other) => other !== slug).length, to), outlook);
  if (state === 'scheduled' && scheduledFor) return [el('p', {}, words.standsScheduled(to)), el('p', {}, momentInFull(desk, scheduledFor))];
  if (state === 'draft') return weekly(desk, words.standsDraft(to), outlook);
  const account = digest !== null && el('a', { href: `#/digests/${digest}` }, words.digestOf);
  if (state === 'sending') return el('p', {}, words.standsSending, ' ', account);
  return el('p', {}, unlisted ? words.standsSentUnlisted : words.standsSent, ' ', account);
}

const weekly = (desk: Desk, text: string, { next }: Outlook): Child => [
  el('p', {}, text),
  el('p', {}, momentInFull(desk, next.scheduledFor)),
];
