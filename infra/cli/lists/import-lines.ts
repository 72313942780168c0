import type { ImportAnswer } from '../../../functions/api/lists/import-answer.ts';
import type { Counts } from '../../../functions/imports/reader-import.ts';
import { type ListReading, type TableReading, tablesOf } from '../../../functions/imports/reading/list-reading.ts';
import { deskWords } from '../../../functions/words/languages.ts';
import type { Context } from '../frame/context.ts';

type Speech = Pick<Context, 'words' | 'locale'>;

/** What was recognised in a list: of each table in it the columns, and what they say. */
export function readingLines(reading: ListReading, speech: Speech): string[] {
  return [...(reading.unpacked ? [] : [reading.encoding]), ...tablesOf(reading).flatMap((table) => tableLines(table, speech))];
}

function tableLines({ name, format, names, columns, states, status, statusWord, used }: TableReading, { words }: Speech): string[] {
  const title = `${name === '' ? '' : `${name}: `}${format}`;
  if (!used) return [`${title}${words.import.leftOut}`];
  const quoted = (place: number | undefined) => `${(place ?? 0) + 1} “${names[place ?? 0]}”`;
  const read = new Set<number | undefined>([...Object.values(columns), ...states.map(({ column }) => column)]);
  const left = names.filter((_, n) => !read.has(n));
  return [
    title,
    ...Object.entries(columns).map(([role, place]) => `  ${role.padEnd(9)} ${quoted(place)}`),
    ...states.map(({ column, reads, yes, no, empty }) => {
      const meanings = Object.entries({ yes, no, empty }).map(([when, what]) => (what ? `, ${when}: ${what}` : ''));
      return `  says      ${quoted(column)}: ${reads === 'words' ? words.import.inWords : reads}${meanings.join('')}`;
    }),
    ...(status ? [`  others    ${status}${statusWord ? words.import.byItsName(statusWord) : ''}`] : []),
    ...(format !== 'periodical' && left.length > 0 ? [`  left out  ${left.join(', ')}`] : []),
  ];
}

export function countLines({ rows, outcomes, refused }: Counts, { words, locale }: Speech): string[] {
  const { outcome: outcomeWords } = deskWords[locale];
  const row = (count: number, what: string) => `  ${String(count).padStart(9)}  ${what}`;
  return [
    words.import.rows(rows),
    ...Object.entries(outcomes).map(([outcome, count]) => row(count, `${outcome}: ${outcomeWords[outcome as keyof typeof outcomeWords]}`)),
    ...Object.entries(refused).map(([reason, count]) => row(count, `  refused: ${reason}`)),
  ];
}

/** What has to be said before the list can be taken in, with the option that says it. */
export function questionLines({ questions, reading }: ImportAnswer, { words }: Speech): string[] {
  if (questions.length === 0 || !reading) return [];
  const asked = questions.flatMap((question) => {
    const { name, names } = tablesOf(reading)[question.list] ?? reading;
    const of = name === '' ? '' : `${name}: `;
    if (question.kind === 'status') return [`  ${of}${words.import.askStatus(question.rows)} (--status)`];
    if (question.kind === 'dates') return [`  ${of}${words.import.askDates(names[question.column] ?? '')} (--dates)`];
    return question.words.map(
      ({ says, rows }) =>
        `  ${of}${words.import.askWord({ says, column: names[question.column] ?? '', rows })} (--word "${question.column + 1}:${says}=…")`,
    );
  });
  return [`\n${words.import.questions}`, ...asked];
}
