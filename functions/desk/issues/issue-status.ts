import type { Desk } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';
import { momentInFull } from '../base/times.ts';
import { topicNames } from './ask-for-topics.ts';
import type { Outlook } from './outlook.ts';
import type { WholeIssue } from './whole-issue.ts';

/** An issue's status, and what happens next if nobody does anything. */
export function issueStatus(desk: Desk, issue: WholeIssue, outlook: Outlook): Element {
  return el(
    'div',
    { class: `issue-status ${issue.state}`, tabindex: -1 },
    el(
      'p',
      {},
      el('span', { class: `state ${issue.state}` }, stateName(desk, issue)),
      issue.unlisted && el('span', { class: 'state unlisted' }, desk.words.unlistedState),
    ),
    el(
      'div',
      { class: 'says' },
      says(desk, issue, outlook),
      isAsAsked(issue) && el('p', {}, desk.words.askedByFile),
      issue.topics.length > 0 && el('p', {}, desk.words.forTopics(topicNames(desk, issue.topics))),
    ),
  );
}

/** Whether its state is the one that its file asks for. */
const isAsAsked = ({ asked, state, scheduledFor }: WholeIssue) =>
  asked?.state === state && (asked.state === 'queued' || asked.at === scheduledFor);
/** Its digest may be over although SES took none of its mails. */
export const stateName = ({ words }: Desk, { state, published }: Pick<WholeIssue, 'state' | 'published'>): string =>
  state === 'sent' && !published ? words.reachedNobodyState : words.state[state];

function says(desk: Desk, issue: WholeIssue, outlook: Outlook): Child {
  const { words } = desk;
  const { state, slug, digest, scheduledFor, unlisted } = issue;
  const to = words.toReaders(outlook.readers);
  if (state === 'queued')
    return weekly(desk, words.queuedStatus(outlook.next.issues.filter((other) => other !== slug).length, to), outlook);
  if (state === 'scheduled' && scheduledFor) return [el('p', {}, words.scheduledStatus(to)), el('p', {}, momentInFull(desk, scheduledFor))];
  if (state === 'draft') return weekly(desk, words.draftStatus(to), outlook);
  const account = digest !== null && el('a', { href: `#/digests/${digest}` }, words.digestOf);
  if (state === 'sending') return el('p', {}, words.sendingStatus, ' ', account);
  if (!issue.published) return el('p', {}, words.reachedNobodyStatus, ' ', account);
  if (digest === null) return el('p', {}, words.archivedStatus);
  return el('p', {}, unlisted ? words.sentUnlistedStatus : words.sentStatus, ' ', account);
}

const weekly = (desk: Desk, text: string, { next }: Outlook): Child => [
  el('p', {}, text),
  el('p', {}, momentInFull(desk, next.scheduledFor)),
];
