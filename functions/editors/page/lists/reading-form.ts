import type { Corrections, ListReading } from '../../../imports/reading/list-reading.ts';
import { rowStandings } from '../../../imports/reading/standing-words.ts';
import { columnRoles, delimiters, encodings } from '../../../imports/reading/table-shape.ts';
import type { ImportAnswer } from '../../lists/import-answer.ts';
import { type Desk, whileBusy } from '../desk/desk.ts';
import { type Child, el } from '../desk/dom.ts';
import { field } from '../desk/field.ts';
import { problemPlace } from '../desk/problem.ts';
import { scrolling } from './counts.ts';
import { columnsLeftOut, topicsTold } from './left-out.ts';

/** How the file is read, to be looked at and said better. Reading it otherwise is another import of the same file. */
export function readingForm(desk: Desk, { uploadId, filename, reading, dryRun }: ImportAnswer): Element {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const button = el('button', { class: 'quiet' }, words.readSo);
  const own = reading?.format === 'periodical';
  const form: HTMLFormElement = el(
    'form',
    { onsubmit: submitted },
    el('div', { class: 'choices' }, ...(own ? [encodingField()] : choices())),
    problem.element,
    el('div', { class: 'actions' }, button),
  );

  function submitted(event: Event) {
    event.preventDefault();
    void whileBusy(button, async () => {
      problem.clear();
      try {
        const corrections = own ? { encoding: chosenIn('encoding') } : corrected(new FormData(form), reading);
        const { id } = await api.post<ImportAnswer>('/editors/imports', { body: { uploadId, filename, corrections } });
        location.hash = `#/lists/${id}`;
      } catch (error) {
        problem.show(error);
      }
    });
  }

  const chosenIn = (name: string) => String(new FormData(form).get(name));

  function encodingField() {
    return chooser(
      'encoding',
      words.encoding,
      encodings.map((name) => [name, name.toUpperCase()]),
      reading?.encoding ?? 'utf-8',
    );
  }

  function choices(): Child[] {
    const names = el('input', { type: 'checkbox', name: 'hasNames', checked: (reading?.skip ?? 1) > 0 });
    const columns = (reading?.names ?? []).map((name, n) => [String(n), name] as const);
    return [
      encodingField(),
      chooser(
        'delimiter',
        words.delimiter,
        delimiters.map((each) => [each, words.delimiterName[each] ?? each]),
        reading?.delimiter ?? ',',
      ),
      ...(reading
        ? columnRoles.map((role) =>
            chooser(
              role,
              words.role[role],
              [...(role === 'address' ? [] : [['', words.noColumn] as const]), ...columns],
              String(reading.columns[role] ?? ''),
            ),
          )
        : []),
      chooser(
        'standing',
        words.standing,
        rowStandings.map((each) => [each, words.standingName[each]]),
        reading?.standing ?? 'subscribed',
      ),
      el('label', { class: 'tick' }, names, ' ', words.hasNames),
    ];
  }

  return el(
    'section',
    { class: 'card reading', 'aria-labelledby': 'reading-title' },
    el('h2', { id: 'reading-title' }, words.reading),
    reading && el('p', {}, words.format, ' ', el('strong', {}, words.listFormat[reading.format])),
    reading && recognised(desk, reading),
    reading && dryRun && head(desk, reading, dryRun.head),
    reading && !own && columnsLeftOut(desk, reading),
    dryRun && topicsTold(desk, dryRun.topics),
    // Where nothing could be read, saying it better is all there is to do.
    el('details', { open: !reading }, el('summary', {}, words.readOtherwise), el('p', { class: 'hint' }, words.readingHint), form),
  );
}

/** What was recognised, to be checked at a glance. */
function recognised({ words }: Desk, { encoding, delimiter, json, columns, names, standing }: ListReading) {
  const facts: [string, string][] = [[words.encoding, encoding.toUpperCase()]];
  if (!json) facts.push([words.delimiter, words.delimiterName[delimiter] ?? delimiter]);
  for (const role of columnRoles) {
    const place = columns[role];
    if (place !== undefined) facts.push([words.role[role], names[place] ?? '']);
  }
  if (columns.state === undefined) facts.push([words.standing, words.standingName[standing]]);
  return el('dl', { class: 'facts' }, ...facts.map(([term, fact]) => el('div', {}, el('dt', {}, term), el('dd', {}, fact))));
}

const chooser = (name: string, label: string, options: readonly (readonly [string, string])[], chosen: string) =>
  field(el('select', { name }, ...options.map(([value, text]) => el('option', { value, selected: value === chosen }, text))), { label });

/** What the form says, as `POST /editors/imports` takes it. */
function corrected(form: FormData, reading: ListReading | null): Corrections {
  const column = (role: string) => (form.get(role) ? Number(form.get(role)) : undefined);
  const columns = Object.fromEntries(columnRoles.flatMap((role) => (column(role) === undefined ? [] : [[role, column(role)]])));
  const shape = { encoding: form.get('encoding'), delimiter: form.get('delimiter'), hasNames: form.has('hasNames') };
  // Under another delimiter, or without names, the columns are others: they are recognised anew.
  const same = reading && reading.delimiter === shape.delimiter && reading.encoding === shape.encoding;
  return { ...shape, standing: form.get('standing'), ...(same && { columns }) } as Corrections;
}

function head({ words }: Desk, { names }: ListReading, rows: readonly string[][]) {
  return scrolling(
    words.firstRows,
    el('thead', {}, el('tr', {}, ...names.map((name) => el('th', {}, name)))),
    el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...names.map((_name, n) => el('td', {}, cells[n] ?? ''))))),
  );
}
