import type { Desk, View } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { historyList } from '../base/history.ts';
import { problemPlace } from '../base/problem-text.ts';
import { plainDate } from '../base/times.ts';
import { anchorOf, findingsOf } from './finding-in-words.ts';
import { findingList } from './finding-list.ts';
import { issueActions } from './issue-actions.ts';
import { issueStatus } from './issue-status.ts';
import { preview } from './mail-preview.ts';
import { outline } from './outline-view.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import { pictures } from './pictures.ts';
import type { WholeIssue } from './whole-issue.ts';

/** Milliseconds between looks at pictures that are still on their way to us. */
const pictureWaitMs = 3_000;

/** One issue: its status, what was found and recognised beside the email it becomes, and what can be done with it. */
export function issueView(desk: Desk, slug: string): View {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const head = el('header', { class: 'issue-head' }, el('p', { class: 'hint' }, words.loading));
  const status = el('div', { class: 'issue-stand' });
  const left = el('div', {});
  const below = el('div', { class: 'issue-below' });
  const shown = preview(desk, { address: `/api/v1/issues/${slug}/preview`, file: slug });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;

  async function load() {
    problem.clear();
    try {
      const [issue, outlook] = await Promise.all([api.get<WholeIssue>(`/api/v1/issues/${slug}`), outlookOf(desk)]);
      show(issue, outlook);
      watchPictures(issue);
    } catch (error) {
      replaceChildren(head, problem.element);
      problem.show(error);
    }
  }

  function show(issue: WholeIssue, outlook: Outlook) {
    const findings = findingsOf(issue);
    document.title = `${issue.title} · ${desk.config.newsletterName}`;
    replaceChildren(head, ...heading(desk, issue), problem.element);
    replaceChildren(status, issueStatus(desk, issue, outlook), issueActions(desk, { issue, outlook, refresh }));
    replaceChildren(left, findings.length > 0 && findingList(desk, findings), forMail(desk, issue), outline(desk, issue, findings));
    replaceChildren(below, pictures(desk, issue.images), past(desk, issue));
    shown.about(issue);
  }

  async function refresh(what: 'status' | 'text') {
    if (location.hash !== `#/issues/${slug}`) return;
    await load();
    (status.querySelector('.issue-status') as HTMLElement | null)?.focus();
    if (what === 'text') await shown.reload();
  }

  /** A queue worker fetches pictures after the upload was answered. */
  function watchPictures({ images }: WholeIssue) {
    clearTimeout(timer);
    if (gone || !images.some(({ state }) => state === 'pending')) return;
    timer = setTimeout(() => void lookAgain(), pictureWaitMs);
  }

  async function lookAgain() {
    const issue = await api.get<WholeIssue>(`/api/v1/issues/${slug}`).catch(() => undefined);
    if (!issue) return;
    const gallery = below.querySelector('.pictures');
    const now = pictures(desk, issue.images);
    if (gallery && now) {
      now.toggleAttribute('open', gallery.hasAttribute('open'));
      gallery.replaceWith(now);
    }
    if (issue.images.some(({ state }) => state === 'pending')) return watchPictures(issue);
    // The focus stays where it is: nobody asked for this.
    await Promise.all([load(), shown.reload()]);
  }

  void load();
  void shown.reload();
  const content = el(
    'div',
    { class: 'issue' },
    el('p', {}, el('a', { href: '#/', class: 'back' }, words.back)),
    el('div', { class: 'issue-top' }, head, status),
    el('div', { class: 'columns' }, left, shown.content),
    below,
  );
  const stop = () => {
    gone = true;
    clearTimeout(timer);
    shown.stop();
  };
  return { title: slug, content, stop };
}

const heading = (desk: Desk, { title, number, date, language, slug, summary }: WholeIssue) => [
  el(
    'p',
    { class: 'hint' },
    [number === null ? null : desk.words.number(number), plainDate(desk, date), language, slug].filter((part) => part !== null).join(' · '),
  ),
  el('h1', { lang: language, id: anchorOf({ part: 'title' }) }, title),
  summary && el('p', { class: 'summary', lang: language }, summary),
];

/** What the file says about the mail beside its text, if it says anything. */
function forMail({ words, locale }: Desk, { subject, preheader, authors = [], replyTo, canonical, language }: WholeIssue) {
  const rows = [
    [words.mailAuthors, authors.length > 0 && new Intl.ListFormat(locale).format(authors), language],
    [words.mailSubject, subject, language],
    [words.mailPreheader, preheader, language],
    [words.mailReplyTo, replyTo],
    [words.mailCanonical, canonical],
  ] as const;
  const said = rows.filter(([, value]) => value);
  if (said.length === 0) return null;
  return el(
    'section',
    { class: 'for-mail', 'aria-labelledby': 'for-mail-title' },
    el('h2', { id: 'for-mail-title' }, words.forMail),
    el(
      'dl',
      { class: 'facts' },
      ...said.flatMap(([name, value, lang]) => [el('dt', {}, name), el('dd', { ...(lang && { lang }) }, value)]),
    ),
  );
}

const past = (desk: Desk, { history }: WholeIssue) =>
  history &&
  history.length > 0 &&
  el(
    'section',
    { class: 'past', 'aria-labelledby': 'history-title' },
    el('h2', { id: 'history-title' }, desk.words.history),
    historyList(desk, history),
  );
