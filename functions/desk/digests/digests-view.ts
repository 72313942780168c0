import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { IssueSummary } from '../../api/issues/issue-answer.ts';
import { type Desk, type View, whileBusy } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import { moment } from '../base/times.ts';
import { digestName } from './digest-title.ts';
import { postponedInShort } from './postponed-rows.ts';

/** As many as one answer carries; a full one may not be the last. */
const perPage = 50;

/** Every digest there was, newest first, a page at a time. */
export function digestsView(desk: Desk): View {
  const { words, api } = desk;
  const list = el('div', {}, el('p', { class: 'hint' }, words.loading));
  let digests: DigestAnswer[] = [];
  let titles = new Map<string, string>();

  const pageAfter = (last: DigestAnswer | undefined) =>
    api.get<{ digests: DigestAnswer[] }>(`/api/v1/digests?limit=${perPage}${last ? `&before=${encodeURIComponent(last.id)}` : ''}`);

  async function load() {
    try {
      const [first, { issues }] = await Promise.all([pageAfter(undefined), api.get<{ issues: IssueSummary[] }>('/api/v1/issues')]);
      digests = first.digests;
      titles = new Map(issues.map(({ slug, title }) => [slug, title]));
      show(digests.length === perPage);
    } catch (error) {
      const problem = problemPlace(desk);
      problem.show(error);
      replaceChildren(list, problem.element);
    }
  }

  const more = (event: Event) =>
    whileBusy(event.currentTarget as HTMLButtonElement, async () => {
      const page = await pageAfter(digests.at(-1));
      const shown = digests.length;
      digests = [...digests, ...page.digests];
      show(page.digests.length === perPage);
      list.querySelectorAll<HTMLElement>('a.name')[shown]?.focus();
    });

  function show(mayHaveMore: boolean) {
    if (digests.length === 0) return replaceChildren(list, el('p', { class: 'empty' }, words.noDigests));
    replaceChildren(
      list,
      el('ul', { class: 'rows' }, ...digests.map((digest) => el('li', { class: 'row' }, digestRow(desk, digest, titles)))),
      mayHaveMore &&
        el('div', { class: 'actions' }, el('button', { class: 'quiet', onclick: (event) => void more(event) }, words.olderDigests)),
    );
  }

  void load();
  return { title: words.digests, content: el('div', { class: 'digests' }, el('h1', {}, words.digests), list) };
}

function digestRow(desk: Desk, digest: DigestAnswer, titles: Map<string, string>) {
  const { words } = desk;
  const { id, state, scheduledFor, issues, report } = digest;
  const waiting = postponedInShort(desk, digest);
  return [
    el(
      'div',
      { class: 'what' },
      el('a', { href: `#/digests/${id}`, class: 'name' }, digestName(desk, id)),
      el('p', { class: 'hint' }, moment(desk, scheduledFor)),
      waiting && el('p', {}, waiting),
      issues.length > 0 && el('p', { class: 'hint' }, issues.map((slug) => titles.get(slug) ?? slug).join(' · ')),
    ),
    el('span', { class: `state ${state}` }, words.digestState[state]),
    el('div', { class: 'do figure' }, report.audience > 0 && `${report.submitted} / ${report.audience}`),
  ];
}
