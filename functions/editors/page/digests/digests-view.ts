import type { DigestAnswer } from '../../digest-answer.ts';
import type { IssueSummary } from '../../issue-answer.ts';
import type { Desk, View } from '../desk/desk.ts';
import { el, replaceChildren } from '../desk/dom.ts';
import { problemPlace } from '../desk/problem.ts';
import { moment } from '../desk/times.ts';

/** Every digest there was, newest first. */
export function digestsView(desk: Desk): View {
  const { words, api } = desk;
  const list = el('div', {}, el('p', { class: 'hint' }, words.loading));

  async function load() {
    try {
      const [{ digests }, { issues }] = await Promise.all([
        api.get<{ digests: DigestAnswer[] }>('/editors/digests'),
        api.get<{ issues: IssueSummary[] }>('/editors/issues'),
      ]);
      const titles = new Map(issues.map(({ slug, title }) => [slug, title]));
      replaceChildren(
        list,
        digests.length === 0
          ? el('p', { class: 'empty' }, words.noDigests)
          : el('ul', { class: 'rows' }, ...digests.map((digest) => el('li', { class: 'row' }, digestRow(desk, digest, titles)))),
      );
    } catch (error) {
      const problem = problemPlace(desk);
      problem.show(error);
      replaceChildren(list, problem.element);
    }
  }

  void load();
  return { title: words.digests, content: el('div', { class: 'digests' }, el('h1', {}, words.digests), list) };
}

function digestRow(desk: Desk, { id, state, scheduledFor, issues, receipt }: DigestAnswer, titles: Map<string, string>) {
  const { words } = desk;
  return [
    el(
      'div',
      { class: 'what' },
      el('a', { href: `#/digests/${id}`, class: 'name' }, id.startsWith('issue-') ? words.singleDigest : words.digestTitle(id)),
      el('p', { class: 'hint' }, moment(desk, scheduledFor)),
      issues.length > 0 && el('p', { class: 'hint' }, issues.map((slug) => titles.get(slug) ?? slug).join(' · ')),
    ),
    el('span', { class: `state ${state}` }, words.digestState[state]),
    el('div', { class: 'do figure' }, receipt.audience > 0 && `${receipt.submitted} / ${receipt.audience}`),
  ];
}
