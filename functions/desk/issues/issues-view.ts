import type { NextDigest } from '../../api/digests/digest-answer.ts';
import type { IssueSummary } from '../../api/issues/issue-answer.ts';
import { isProblem } from '../base/api-problem.ts';
import { type Desk, type View, whileBusy } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import { moment, momentInFull, plainDate, shortMoment } from '../base/times.ts';
import { dropZone, type Outcome } from './drop-zone.ts';
import { stateName } from './issue-status.ts';
import { carriedIssues, noteForm } from './next-digest-plan.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import type { WholeIssue } from './whole-issue.ts';

type Page = { issues: IssueSummary[]; before: string | null };
type Shown = IssueSummary['state'] | 'all';

/** The desk itself: what goes out next, the way in for a file, and every issue with its status. */
export function issuesView(desk: Desk): View {
  const { words, api } = desk;
  const next = el('section', { class: 'card next', 'aria-labelledby': 'next-title' }, el('p', { class: 'hint' }, words.loading));
  const list = el('section', { class: 'issues', 'aria-labelledby': 'issues-title' });
  let issues: IssueSummary[] = [];
  let following: string | null = null;
  let shown: Shown = 'all';

  async function load() {
    try {
      const [page, outlook] = await Promise.all([api.get<Page>('/api/v1/issues'), outlookOf(desk)]);
      issues = page.issues;
      following = page.before;
      replaceChildren(next, nextDigest(desk, outlook, { issues, reload: load }));
      showList();
    } catch (error) {
      const problem = problemPlace(desk);
      problem.show(error);
      replaceChildren(next, problem.element);
    }
  }

  function showList() {
    const chosen = issues.filter(({ state }) => shown === 'all' || state === shown);
    replaceChildren(
      list,
      el('div', { class: 'bar' }, el('h2', { id: 'issues-title' }, words.issues), issues.length > 3 && filter()),
      issues.length === 0
        ? el('p', { class: 'empty' }, words.noIssues)
        : el('ul', { class: 'rows' }, ...chosen.map((issue) => el('li', { class: 'row' }, issueRow(desk, issue, load)))),
      following && el('div', { class: 'actions' }, el('button', { class: 'quiet', onclick: (event) => void more(event) }, words.older)),
    );
  }

  function filter() {
    const states = Object.keys(words.state) as IssueSummary['state'][];
    const counts = new Map<Shown, number>([
      ['all', issues.length],
      ...states.map((state) => [state, issues.filter((issue) => issue.state === state).length] as const),
    ]);
    const choice = ([value, count]: [Shown, number]) =>
      el(
        'label',
        {},
        el('input', { type: 'radio', name: 'shown', value, checked: value === shown, onchange: () => choose(value) }),
        el('span', {}, `${value === 'all' ? words.allIssues : words.state[value]} ${count}`),
      );
    const some = [...counts].filter(([value, count]) => count > 0 || value === shown);
    return el('fieldset', { class: 'faces' }, el('legend', { class: 'unseen' }, words.showOnly), ...some.map(choice));
  }

  function choose(value: Shown) {
    shown = value;
    showList();
    (list.querySelector(`input[value="${value}"]`) as HTMLElement | null)?.focus();
  }

  const more = (event: Event) =>
    whileBusy(event.currentTarget as HTMLButtonElement, async () => {
      const page = await api.get<Page>(`/api/v1/issues?before=${encodeURIComponent(following ?? '')}`);
      issues = [...issues, ...page.issues];
      following = page.before;
      showList();
    });

  const uploaded = ({ slug, title, state, scheduledFor }: WholeIssue, outcome: Outcome) => {
    const asNew =
      state === 'queued'
        ? words.uploadedQueued(title)
        : state === 'scheduled' && scheduledFor
          ? words.uploadedScheduled(title, moment(desk, scheduledFor))
          : words.uploaded(title);
    desk.say({ new: asNew, same: words.uploadedBefore(title), replaced: words.replaced(title) }[outcome]);
    location.hash = `#/issues/${slug}`;
  };

  void load();
  const drop = el(
    'section',
    { class: 'card', 'aria-labelledby': 'upload-title' },
    el('h2', { id: 'upload-title' }, words.dropTitle),
    dropZone(desk, { onUploaded: uploaded }),
  );
  const content = el('div', { class: 'home' }, el('h1', { class: 'unseen' }, words.issues), next, drop, list);
  return { title: words.issues, content };
}

type Planning = { issues: readonly IssueSummary[]; reload: () => Promise<void> };

function nextDigest(desk: Desk, { next, readers }: Outlook, { issues, reload }: Planning) {
  const { words } = desk;
  const queued = next.issues.map((slug) => issues.find((issue) => issue.slug === slug)).filter((issue) => issue !== undefined);
  return [
    el('h2', { id: 'next-title' }, words.nextDigest),
    el('p', {}, momentInFull(desk, next.scheduledFor)),
    readers !== undefined && el('p', { class: 'hint' }, words.readers(readers)),
    queued.length === 0
      ? el('p', {}, words.nothingQueued)
      : [el('p', {}, words.queuedFor(queued.length)), carriedIssues(desk, queued, reload)],
    noteForm(desk, next),
    queued.length > 0 && el('p', {}, el('a', { href: '#/next' }, words.previewNext)),
    el('p', { class: 'hint' }, words.afterThat, followingRuns(desk, next)),
  ];
}

const followingRuns = (desk: Desk, { following }: NextDigest) => following.map((run) => shortMoment(desk, run.scheduledFor)).join(' · ');

function issueRow(desk: Desk, issue: IssueSummary, reload: () => Promise<void>) {
  const { words } = desk;
  const { slug, title, number, date, language, state, scheduledFor, unlisted } = issue;
  const problem = problemPlace(desk);
  const facts = [
    number === null ? null : words.number(number),
    plainDate(desk, date),
    state === 'scheduled' && scheduledFor ? words.goesOut(moment(desk, scheduledFor)) : null,
    unlisted ? words.unlistedState : null,
  ];
  return [
    el(
      'div',
      { class: 'what' },
      el('a', { href: `#/issues/${slug}`, class: 'name', lang: language }, title),
      el('p', { class: 'hint' }, facts.filter((part) => part !== null).join(' · ')),
      problem.element,
    ),
    el('span', { class: `state ${state}` }, stateName(desk, issue)),
    el(
      'div',
      { class: 'do' },
      state === 'draft'
        ? toggle(desk, issue, 'queue', { problem, reload })
        : state === 'queued'
          ? toggle(desk, issue, 'unqueue', { problem, reload })
          : null,
    ),
  ];
}

type Around = { problem: ReturnType<typeof problemPlace>; reload: () => Promise<void> };

/** Queues or unqueues from the list; what needs a reason or a second look is done on the issue's own page. */
function toggle(desk: Desk, { slug, title, version }: IssueSummary, action: 'queue' | 'unqueue', { problem, reload }: Around) {
  const { words, api } = desk;
  const change = (event: Event) =>
    whileBusy(event.currentTarget as HTMLButtonElement, async () => {
      problem.clear();
      try {
        await api.post(`/api/v1/issues/${slug}/${action}`, { version });
        desk.say(action === 'queue' ? words.queued : words.unqueued);
        await reload();
        (document.querySelector(`[data-toggles="${slug}"]`) as HTMLElement | null)?.focus();
      } catch (error) {
        const look = isProblem(error, 'preflight_failed') || isProblem(error, 'changed_meanwhile');
        problem.show(error, ...(look ? [el('p', {}, el('a', { href: `#/issues/${slug}` }, words.lookAtIt))] : []));
      }
    });
  const name = `${words[action]}: ${title}`;
  return el('button', { class: 'quiet', 'data-toggles': slug, 'aria-label': name, onclick: (event) => void change(event) }, words[action]);
}
