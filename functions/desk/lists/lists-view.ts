import type { ImportAnswer, ImportsAnswer } from '../../api/lists/import-answer.ts';
import { type Desk, nameOf, type View } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { historyList } from '../base/history.ts';
import { problemPlace } from '../base/problem-text.ts';
import { shortMoment } from '../base/times.ts';
import { exportCard } from './export-card.ts';
import { listChooser } from './list-chooser.ts';

/** Where readers come in from elsewhere, and where all of them leave as a file. */
export function listsView(desk: Desk): View {
  const { words, api } = desk;
  const list = el('section', { class: 'issues', 'aria-labelledby': 'imports-title' }, el('p', { class: 'hint' }, words.loading));
  const exporting = exportCard(desk);

  async function load() {
    try {
      const { imports: all, history } = await api.get<ImportsAnswer>('/api/v1/imports');
      // Of a file that was read several ways only the last matters, and what was started.
      const imports = all.filter(({ uploadId, startedAt }, n) => startedAt || all.findIndex((each) => each.uploadId === uploadId) === n);
      replaceChildren(
        list,
        el('h2', { id: 'imports-title' }, words.imports),
        imports.length === 0
          ? el('p', { class: 'empty' }, words.noImports)
          : el('ul', { class: 'rows' }, ...imports.map((each) => el('li', { class: 'row' }, importRow(desk, each)))),
        history.length > 0 && el('details', {}, el('summary', {}, words.history), historyList(desk, history)),
      );
    } catch (error) {
      const problem = problemPlace(desk);
      problem.show(error);
      replaceChildren(list, problem.element);
    }
  }

  void load();
  const bring = el(
    'section',
    { class: 'card', 'aria-labelledby': 'import-title' },
    el('h2', { id: 'import-title' }, words.importTitle),
    listChooser(desk),
  );
  const content = el('div', { class: 'home' }, el('h1', { class: 'unseen' }, words.lists), bring, exporting.element, list);
  return { title: words.lists, content, stop: exporting.stop };
}

function importRow(desk: Desk, { id, state, filename, by, createdAt, counts, checked }: ImportAnswer) {
  const { words } = desk;
  const rows = counts?.rows ?? checked?.rows;
  return [
    el(
      'div',
      { class: 'what' },
      el('a', { href: `#/lists/${id}`, class: 'name' }, filename || words.unnamedList),
      el('p', { class: 'hint' }, words.importedBy(nameOf(desk, by), shortMoment(desk, createdAt))),
    ),
    el('span', { class: `state ${stateClass[state]}` }, words.importState[state]),
    el('div', { class: 'do figure' }, rows !== undefined && words.rows(rows)),
  ];
}

/** The colours that the states of digests and issues have. */
export const stateClass = {
  checking: 'sending',
  checked: 'draft',
  unreadable: 'failed',
  running: 'sending',
  finished: 'done',
  stopped: 'failed',
  failed: 'failed',
} as const;
