import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';
import { clearFaults, FieldFault, field, showFault } from '../base/field.ts';
import { problemPlace } from '../base/problem-text.ts';
import { type Corrections, listsOf, saidOf, stateSaid, type Table } from './corrections.ts';

type OpenQuestion = ImportAnswer['questions'][number];
type Status = NonNullable<Corrections['status']>;
type Meaning = Table['states'][number]['words'][string];
type Order = NonNullable<Corrections['dateOrder']>;

/** A question, the control that answers it, and what its answer adds to what is said. */
type Asked = { name: string; element: Element; answer: (said: Corrections, value: string) => Corrections };

/** What the file leaves open, question by question. Answering is another look at the same file. */
export function questionsForm(desk: Desk, { uploadId, filename, reading, questions: open, corrections }: ImportAnswer): Child {
  if (!reading || open.length === 0) return null;
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const button = el('button', {}, words.answered);
  const lists = listsOf(reading).map((table, list) => ({
    table,
    questions: questionsAbout(
      desk,
      table,
      open.filter((each) => each.list === list),
    ),
  }));
  const questions = lists.flatMap((each) => each.questions);
  const form: HTMLFormElement = el(
    'form',
    { class: 'asked', novalidate: true, onsubmit: submitted },
    ...lists.filter((each) => each.questions.length > 0).map((each) => asked(each.table, each.questions)),
    problem.element,
    el('div', { class: 'actions' }, button),
  );

  function submitted(event: Event) {
    event.preventDefault();
    clearFaults(form);
    problem.clear();
    const given = new FormData(form);
    const missing = questions.find(({ name }) => !given.get(name));
    if (missing) return showFault(form, new FieldFault(missing.name, words.chooseMissing));
    const said = questions.reduce((so, { name, answer }) => answer(so, String(given.get(name))), corrections);
    void whileBusy(button, async () => {
      try {
        const { id } = await api.post<ImportAnswer>('/api/v1/imports', { body: { uploadId, filename, corrections: said } });
        location.hash = `#/lists/${id}`;
      } catch (error) {
        problem.show(error);
      }
    });
  }

  return el(
    'section',
    { class: 'card asks', 'aria-labelledby': 'asks-title' },
    el('h2', { id: 'asks-title' }, words.asksTitle),
    el('p', {}, words.asksHint),
    form,
  );
}

const asked = ({ name }: Table, questions: readonly Asked[]) =>
  el('fieldset', {}, name !== '' && el('legend', {}, name), ...questions.map(({ element }) => element));

function questionsAbout(desk: Desk, table: Table, asks: readonly OpenQuestion[]): Asked[] {
  return asks.flatMap((ask) => {
    if (ask.kind === 'status') return [statusQuestion(desk, ask)];
    if (ask.kind === 'dates') return [datesQuestion(desk, table, ask)];
    return ask.words.map((word, n) => wordQuestion(desk, table, ask, { ...word, n }));
  });
}

function statusQuestion({ words }: Desk, { list, rows }: Extract<OpenQuestion, { kind: 'status' }>): Asked {
  const name = `status-${list}`;
  return {
    name,
    element: choice({ name, label: words.askStatus(words.rows(rows)), hint: words.askStatusHint }, words.chooseOne, words.statusName),
    answer: (said, value) => saidOf(said, list, { status: value as Status }),
  };
}

function datesQuestion({ words }: Desk, { names }: Table, { list, column }: Extract<OpenQuestion, { kind: 'dates' }>): Asked {
  const name = `dates-${list}`;
  return {
    name,
    element: choice({ name, label: words.askDates(names[column] ?? '') }, words.chooseOne, words.dateOrder),
    answer: (said, value) => saidOf(said, list, { dateOrder: value as Order }),
  };
}

type Word = { word: string; says: string; rows: number; n: number };

function wordQuestion(
  { words }: Desk,
  { names, states }: Table,
  { list, column }: Extract<OpenQuestion, { kind: 'words' }>,
  { word, says, rows, n }: Word,
): Asked {
  const name = `word-${list}-${column}-${n}`;
  return {
    name,
    element: choice({ name, label: words.askWord(says, names[column] ?? '', words.rows(rows)) }, words.chooseOne, words.wordMeans),
    answer: (said, value) => {
      const known = (list === 0 ? said : said.others?.[list])?.states?.find((state) => state.column === column);
      const state = known ?? states.find((each) => each.column === column) ?? { column, reads: 'words' as const, words: {} };
      return stateSaid(said, list, { ...state, words: { ...state.words, [word]: value as Meaning } });
    },
  };
}

type Labelled = { name: string; label: string; hint?: string };

const choice = ({ name, ...labels }: Labelled, none: string, options: Readonly<Record<string, string>>) =>
  field(
    el(
      'select',
      { name },
      el('option', { value: '' }, none),
      ...Object.entries(options).map(([value, text]) => el('option', { value }, text)),
    ),
    labels,
  );
