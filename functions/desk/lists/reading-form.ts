import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import type { ListReading } from '../../words/desk-shape.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';
import { field } from '../base/field.ts';
import { problemPlace } from '../base/problem-text.ts';
import { columnChoices, columnsChosen } from './column-choices.ts';
import { type Corrections, listsOf, meaningOf, saidOf, type Table } from './corrections.ts';
import { scrolling } from './counts.ts';
import { columnsLeftOut, topicsTold } from './left-out.ts';

type Encoding = ListReading['encoding'];
type ColumnRole = keyof ListReading['columns'];

/** As people write them; the compiler wants every encoding that a list may be read in. */
const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  gb18030: 'GB18030',
  big5: 'BIG5',
  shift_jis: 'SHIFT_JIS',
  'windows-1252': 'WINDOWS-1252',
};

const keysOf = <Key extends string>(names: Record<Key, string>) => Object.keys(names) as Key[];

/** How the file is read, to be checked and corrected. Reading it otherwise is another import of the same file. */
export function readingForm(desk: Desk, answer: ImportAnswer): Element {
  const { uploadId, filename, reading, dryRun } = answer;
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const button = el('button', { class: 'quiet' }, words.readSo);
  const form: HTMLFormElement = el(
    'form',
    { onsubmit: submitted },
    ...choices(desk, answer),
    problem.element,
    el('div', { class: 'actions' }, button),
  );

  function submitted(event: Event) {
    event.preventDefault();
    void whileBusy(button, async () => {
      problem.clear();
      try {
        const corrections = corrected(new FormData(form), answer, keysOf(words.role));
        const { id } = await api.post<ImportAnswer>('/api/v1/imports', { body: { uploadId, filename, corrections } });
        location.hash = `#/lists/${id}`;
      } catch (error) {
        problem.show(error);
      }
    });
  }

  return el(
    'section',
    { class: 'card reading', 'aria-labelledby': 'reading-title' },
    el('h2', { id: 'reading-title' }, words.recognised),
    reading && el('p', {}, words.format, ' ', el('strong', {}, words.listFormat[reading.format])),
    reading && recognised(desk, reading),
    reading && dryRun && head(desk, reading, dryRun.head),
    reading && reading.format !== 'periodical' && columnsLeftOut(desk, reading),
    dryRun && topicsTold(desk, dryRun.topics),
    // Where nothing could be read, correcting it is all there is to do.
    el('details', { open: !reading }, el('summary', {}, words.readOtherwise), el('p', { class: 'hint' }, words.readingHint), form),
  );
}

function choices(desk: Desk, { reading, dryRun, checked, corrections }: ImportAnswer): Child[] {
  const { words } = desk;
  const encoding = chooser('encoding', words.encoding, Object.entries(encodingNames), reading?.encoding ?? 'utf-8');
  if (reading?.format === 'periodical') return [el('div', { class: 'choices' }, encoding)];
  const names = el('input', { type: 'checkbox', name: 'hasNames', checked: (reading?.skip ?? 1) > 0 });
  const delimiter = chooser('delimiter', words.delimiter, Object.entries(words.delimiterName), reading?.delimiter ?? ',');
  const shape = reading?.unpacked ? [] : [encoding, delimiter];
  return [
    el(
      'div',
      { class: 'choices' },
      ...shape,
      ...(reading ? roleChoosers(desk, reading) : []),
      chooser('status', words.status, [['', words.notGiven], ...Object.entries(words.statusName)], reading?.status ?? ''),
      !reading?.unpacked && el('label', { class: 'tick' }, names, ' ', words.hasNames),
    ),
    ...(reading ? listsOf(reading).flatMap((table, list) => [listChoice(desk, table, list), columnChoices(desk, table, list)]) : []),
    topicChoices(desk, dryRun, corrections.topics),
    (checked?.refused.mistyped ?? 0) > 0 || corrections.mistyped === 'take' ? mistypedChoice(desk, corrections.mistyped) : null,
  ];
}

function roleChoosers({ words }: Desk, { names, columns }: ListReading): Element[] {
  const named = names.map((name, n) => [String(n), name] as const);
  return keysOf(words.role).map((role) => {
    const none = role === 'address' ? [] : [['', words.noColumn] as const];
    return chooser(role, words.role[role], [...none, ...named], String(columns[role] ?? ''));
  });
}

/** Of several lists, each may be left out. */
function listChoice({ words }: Desk, { name, used }: Table, list: number): Child {
  if (name === '') return null;
  const tick = el('input', { type: 'checkbox', name: `used-${list}`, checked: used });
  return el('label', { class: 'tick' }, tick, ' ', words.useList, ' ', name);
}

const mistypedChoice = ({ words }: Desk, said: Corrections['mistyped']) =>
  el('label', { class: 'tick' }, el('input', { type: 'checkbox', name: 'mistyped', checked: said === 'take' }), ' ', words.takeMistyped);

/** Which topic a word or a tag of the file means. */
function topicChoices({ words, config, locale }: Desk, dryRun: ImportAnswer['dryRun'], said: Corrections['topics'] = {}): Child {
  const found = [...new Set([...Object.keys(said), ...Object.keys(dryRun?.topics.unknown ?? {})])];
  if (found.length === 0 || config.topics.length === 0) return null;
  const options = [['', words.noTopic] as const, ...config.topics.map(({ id, names }) => [id, names[locale]] as const)];
  return el(
    'fieldset',
    { class: 'choices' },
    ...found.map((word, n) => [
      el('input', { type: 'hidden', name: `word-${n}`, value: word }),
      chooser(`topic-${n}`, words.topicFor(word), options, said[word] ?? ''),
    ]),
  );
}

/** What was recognised, to be checked at a glance. */
function recognised({ words }: Desk, reading: ListReading) {
  const facts: [string, string][] = reading.unpacked ? [] : [[words.encoding, encodingNames[reading.encoding]]];
  if (!reading.json) facts.push([words.delimiter, words.delimiterName[reading.delimiter]]);
  for (const role of keysOf(words.role)) {
    const place = reading.columns[role];
    if (place !== undefined) facts.push([words.role[role], reading.names[place] ?? '']);
  }
  const several = reading.others.length > 0;
  for (const table of listsOf(reading)) facts.push(...statesTold(words, table, several));
  return el('dl', { class: 'facts' }, ...facts.map(([term, fact]) => el('div', {}, el('dt', {}, term), el('dd', {}, fact))));
}

function statesTold(
  words: Desk['words'],
  { name, names, states, status, statusWord, used, format }: Table,
  several: boolean,
): [string, string][] {
  const of = (term: string) => (several ? `${name}: ${term}` : term);
  if (!used) return [[name, words.listLeftOut]];
  if (format === 'periodical') return [];
  const told = states.map((state): [string, string] => [of(names[state.column] ?? ''), words.columnSays[meaningOf(state)]]);
  const why = statusWord === undefined ? [] : [words.byName(statusWord)];
  return [...told, [of(words.status), [status === undefined ? words.notGiven : words.statusName[status], ...why].join(' · ')]];
}

const chooser = (name: string, label: string, options: readonly (readonly [string, string])[], chosen: string) =>
  field(el('select', { name }, ...options.map(([value, text]) => el('option', { value, selected: value === chosen }, text))), { label });

/** What the form says, as `POST /api/v1/imports` takes it, with what was answered before. */
function corrected(form: FormData, { reading, corrections }: ImportAnswer, roles: readonly ColumnRole[]): Corrections {
  const encoding = form.get('encoding') as Encoding | null;
  if (reading?.format === 'periodical') return encoding ? { encoding } : {};
  const delimiter = form.get('delimiter') as ListReading['delimiter'] | null;
  const shape = reading?.unpacked ? {} : { ...(encoding && { encoding }), ...(delimiter && { delimiter }), hasNames: form.has('hasNames') };
  const status = form.get('status') as Corrections['status'] | '';
  const given = { ...shape, ...(status && status !== reading?.status && { status }), ...topicsSaid(form), ...mistypedSaid(form) };
  // Under another delimiter, or without names, the columns are others, and are recognised again.
  const isSame =
    reading &&
    (reading.unpacked || (reading.delimiter === delimiter && reading.encoding === encoding && reading.skip > 0 === form.has('hasNames')));
  if (!isSame) return given;
  const column = (role: ColumnRole) => (form.get(role) ? Number(form.get(role)) : undefined);
  const columns = Object.fromEntries(roles.flatMap((role) => (column(role) === undefined ? [] : [[role, column(role)]])));
  const isChanged = roles.some((role) => column(role) !== reading.columns[role]);
  const before = { ...corrections, ...given, ...(isChanged && { columns: columns as ListReading['columns'] }) };
  return listsOf(reading).reduce((said, table, list) => {
    const isUsed = form.has(`used-${list}`);
    const used = table.name === '' || isUsed === table.used ? said : saidOf(said, list, { used: isUsed });
    return columnsChosen(form, table, list, used);
  }, before);
}

const mistypedSaid = (form: FormData): Pick<Corrections, 'mistyped'> =>
  form.has('mistyped') ? { mistyped: 'take' } : { mistyped: 'leave' };

function topicsSaid(form: FormData): Pick<Corrections, 'topics'> {
  const words = [...form.keys()].flatMap((key) => (key.startsWith('topic-') ? [key.slice('topic-'.length)] : []));
  const topics = words.map((n) => [String(form.get(`word-${n}`)), form.get(`topic-${n}`) ? String(form.get(`topic-${n}`)) : null] as const);
  return topics.length === 0 ? {} : { topics: Object.fromEntries(topics) };
}

function head({ words }: Desk, { names }: ListReading, rows: readonly string[][]) {
  return scrolling(
    words.firstRows,
    el('thead', {}, el('tr', {}, ...names.map((name) => el('th', {}, name)))),
    el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...names.map((_name, n) => el('td', {}, cells[n] ?? ''))))),
  );
}
