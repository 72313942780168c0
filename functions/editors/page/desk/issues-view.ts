import type { NextDigest } from '../../digest-answer.ts';
import type { IssueAnswer, IssueSummary } from '../../issue-answer.ts';
import { type Desk, problemPlace, type View, whileBusy } from './desk.ts';
import { el, replaceChildren } from './dom.ts';
import { dropZone } from './drop-zone.ts';
import { fromNow, moment, plainDate, shortMoment } from './times.ts';

/** The desk itself: what goes out next, the way in for a file, and every issue with where it stands. */
export function issuesView(desk: Desk): View {
  const { words, api } = desk;
  const next = el('section', { class: 'card next', 'aria-labelledby': 'next-title' }, el('p', { class: 'hint' }, words.loading));
  const list = el('section', { class: 'issues', 'aria-labelledby': 'issues-title' });

  async function load() {
    try {
      const [{ issues }, digests] = await Promise.all([
        api.get<{ issues: IssueSummary[] }>('/editors/issues'),
        api.get<{ next: NextDigest }>('/editors/digests?limit=1'),
      ]);
      replaceChildren(next, nextDigest(desk, digests.next, issues));
      replaceChildren(list, issueList(desk, issues, load));
    } catch (error) {
      const problem = problemPlace(desk);
      problem.show(error);
      replaceChildren(next, problem.element);
    }
  }

  const uploaded = ({ slug, title }: IssueAnswer, outcome: 'new' | 'same' | 'replaced') => {
    desk.say({ new: words.uploaded, same: words.uploadedBefore, replaced: words.replaced }[outcome](title));
    location.hash = `#/issues/${slug}`;
  };

  void load();
  const content = el('div', { class: 'home' }, el('h1', { class: 'unseen' }, words.issues), next, dropZone(desk, uploaded), list);
  return { title: words.issues, content };
}

function nextDigest(desk: Desk, next: NextDigest, issues: readonly IssueSummary[]) {
  const { words } = desk;
  const queued = next.issues.map((slug) => issues.find((issue) => issue.slug === slug)).filter((issue) => issue !== undefined);
  return [
    el('h2', { id: 'next-title' }, words.nextDigest),
    el('p', { class: 'when' }, el('time', { datetime: next.scheduledFor }, moment(desk, next.scheduledFor))),
    el('p', { class: 'hint' }, words.goesOut(fromNow(desk, next.scheduledFor)), ' · ', next.timeZone),
    queued.length === 0
      ? el('p', {}, words.nothingQueued)
      : [
          el('p', {}, words.queuedFor(queued.length)),
          el('ol', { class: 'carried' }, ...queued.map(({ slug, title }) => el('li', {}, el('a', { href: `#/issues/${slug}` }, title)))),
        ],
    el('p', { class: 'hint' }, words.afterThat, ': ', next.following.map((run) => shortMoment(desk, run.scheduledFor)).join(' · ')),
  ];
}

function issueList(desk: Desk, issues: readonly IssueSummary[], reload: () => Promise<void>) {
  const { words } = desk;
  return [
    el('h2', { id: 'issues-title' }, words.issues),
    issues.length === 0
      ? el('p', { class: 'empty' }, words.noIssues)
      : el('ul', { class: 'rows' }, ...issues.map((issue) => el('li', { class: 'row' }, issueRow(desk, issue, reload)))),
  ];
}

function issueRow(desk: Desk, { slug, title, number, date, language, state }: IssueSummary, reload: () => Promise<void>) {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const toggle = (action: 'queue' | 'unqueue') =>
    el(
      'button',
      { class: 'quiet', 'aria-label': `${words[action]}: ${title}`, onclick: (event) => void change(event, action) },
      words[action],
    );
  const change = (event: Event, action: 'queue' | 'unqueue') =>
    whileBusy(event.currentTarget as HTMLButtonElement, async () => {
      problem.clear();
      try {
        await api.post(`/editors/issues/${slug}/${action}`);
        desk.say(action === 'queue' ? words.queued : words.unqueued);
        await reload();
      } catch (error) {
        problem.show(error);
      }
    });
  return [
    el(
      'div',
      { class: 'what' },
      el('a', { href: `#/issues/${slug}`, class: 'name', lang: language }, title),
      el(
        'p',
        { class: 'hint' },
        [number === null ? null : words.number(number), plainDate(desk, date)].filter((part) => part !== null).join(' · '),
      ),
      problem.element,
    ),
    el('span', { class: `state ${state}` }, words.state[state]),
    el('div', { class: 'do' }, state === 'draft' ? toggle('queue') : state === 'queued' ? toggle('unqueue') : null),
  ];
}
