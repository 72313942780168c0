import { readDate } from '../dates/read-date.ts';
import type { Columns } from '../list-reading.ts';
import { closeWord, normalWord } from '../words/normal-word.ts';
import { knownStatus, labelStatus } from '../words/read-status.ts';
import { readAnswer, readYesNo } from '../words/yes-no.ts';
import { type NamedColumn, readColumnName } from './column-names.ts';
import type { FormatColumns } from './known-layouts.ts';
import type { StateColumn } from './state-column.ts';

export type ListColumns = { columns: Omit<Columns, 'address'>; states: StateColumn[] };

type Cells = readonly string[];
type Judged = { column: number; named: NamedColumn; cells: Cells };

/** Words that stand in other columns as well, and so make a column of states only in company. */
const weakWords = new Set(
  [
    'regular',
    'premium',
    'live',
    'on',
    'off',
    'left',
    'valid',
    'invalid',
    'accepted',
    'granted',
    'pending',
    'waiting',
    'held',
    'open',
    'offen',
    'stop',
  ]
    .concat([
      'requested',
      'invited',
      'member',
      'dead',
      'clean',
      'spam',
      'former',
      'ended',
      'alta',
      'baja',
      'explicit',
      'queued',
      'stopped',
      'rejected',
    ])
    .concat([
      '正常',
      '有效',
      '无效',
      '確認',
      '确认',
      '停止',
      '取消',
      '登録',
      '有効',
      '無効',
      'cancelled',
      'canceled',
      'declined',
      'refused',
      'approved',
    ])
    .map(closeWord),
);

/** Of columns whose cells decide, so many have to be understood. */
const mostly = 0.8;
const half = 0.5;

/**
 * What each column is, by its name and its first cells: which of them say who may be mailed and how, which hold the consent's date, the
 * language, topics. A column whose cells are known words is one of states whatever it is called, and one of dates is none.
 */
export function judgeColumns(names: readonly string[], rows: readonly Cells[], address: number, layout?: FormatColumns): ListColumns {
  const width = Math.max(names.length, ...rows.map((cells) => cells.length));
  const judged = Array.from({ length: width }, (_, column): Judged => {
    const name = normalWord(names[column] ?? '');
    const named: NamedColumn = layout?.silent.has(name) ? { role: 'silent' } : readColumnName(names[column] ?? '');
    return { column, named, cells: rows.map((cells) => (cells[column] ?? '').trim()).filter((cell) => cell !== '') };
  }).filter(({ column }) => column !== address);
  const place = (role: 'language' | 'topics' | 'tags') => judged.find(({ named }) => named.role === role)?.column;
  const [language, topics, tags] = [place('language'), place('topics'), place('tags')];
  const states = withoutSilence(judged.flatMap((each) => stateColumn(each, rows.length) ?? []));
  const [date, dateElse] = datesIn(judged, names, layout);
  return {
    columns: {
      ...(date !== undefined && { date }),
      ...(dateElse !== undefined && { dateElse }),
      ...(language !== undefined && { language }),
      ...(topics !== undefined && { topics }),
      ...(tags !== undefined && { tags }),
    },
    states: states.map((state) => ({ ...state, words: Object.fromEntries(wordsOf(layout)) })),
  };
}

const wordsOf = (layout: FormatColumns | undefined) =>
  Object.entries(layout?.words ?? {}).map(([word, status]) => [closeWord(word), status]);

type Found = Omit<StateColumn, 'words'> & { agrees?: boolean };

/**
 * An empty cell where somebody might have left says that they may be mailed, unless another column is there to say so: what that one
 * leaves open is open.
 */
function withoutSilence(found: readonly Found[]): Omit<StateColumn, 'words'>[] {
  const isSaid = found.some(({ agrees }) => agrees);
  return found.map(({ agrees: _agrees, empty, ...state }) => ({
    ...state,
    ...(empty && !(isSaid && empty === 'subscribed') && { empty }),
  }));
}

function stateColumn({ column, named, cells }: Judged, rows: number): Found | undefined {
  if (['silent', 'language', 'date', 'topics', 'tags'].includes(named.role)) return undefined;
  if (named.role !== 'state') return isOfStates(cells) ? { column, reads: 'words', agrees: true } : undefined;
  const found: Found = { column, ...named.says };
  if (named.by === 'leaving') return found;
  found.agrees = named.by === 'status' || named.says.yes !== undefined;
  if (cells.length === 0) return rows > 0 ? undefined : found;
  if (named.says.reads === 'filled') return found;
  if (named.by === 'status') return isPlainState(cells) ? found : undefined;
  if (shareOf(cells, (cell) => isDate(cell) || readYesNo(cell) === 'no') >= half && cells.some(isDate)) return dated(found, named);
  return shareOf(cells, isUnderstood) >= half ? found : undefined;
}

/** A date where somebody has agreed: of a confirmation it says that there was one; of a sign-up it is only a date. */
const dated = (found: Found, { dateRank }: { dateRank?: number }): Found | undefined =>
  found.no === 'unconfirmed' || dateRank !== undefined ? { ...found, reads: 'filled' } : undefined;

/** Known words, one of which means nothing else. */
function isOfStates(cells: Cells): boolean {
  const strong = (cell: string) => labelStatus(cell) !== undefined && !weakWords.has(closeWord(cell));
  return cells.length > 0 && cells.some(strong) && shareOf(cells, (cell) => labelStatus(cell) !== undefined) >= mostly;
}

/** A column that is called a status, and is no place, no date and no text. */
function isPlainState(cells: Cells): boolean {
  if (shareOf(cells, isDate) >= half) return false;
  if (cells.some((cell) => labelStatus(cell) !== undefined)) return true;
  return new Set(cells.map(closeWord)).size <= Math.max(12, cells.length / 4) && shareOf(cells, (cell) => cell.length <= 40) >= mostly;
}

const isUnderstood = (cell: string) =>
  readYesNo(cell) !== undefined || knownStatus(cell) !== undefined || readAnswer(cell) !== undefined || isDate(cell);
/** As a text, or as an epoch; a spreadsheet's day could be any number. */
const isDate = (cell: string) => readDate(cell, { order: 'day', numbers: /^\d{10}$|^\d{13}$/.test(cell) }) !== undefined;

function shareOf(cells: Cells, is: (cell: string) => boolean): number {
  return cells.length === 0 ? 0 : cells.filter(is).length / cells.length;
}

/** The consent's date, and where a row without that finds another: the layout's, else the best names whose cells are dates. */
function datesIn(judged: readonly Judged[], names: readonly string[], layout: FormatColumns | undefined): (number | undefined)[] {
  const lower = names.map(normalWord);
  const fixed = (layout?.dates ?? []).map((name) => lower.indexOf(name)).filter((at) => at >= 0);
  if (fixed.length > 0) return fixed;
  const looks = (cell: string) => readDate(cell, { order: 'day', numbers: true }) !== undefined;
  const ranked = judged.flatMap(({ column, named, cells }) => {
    if (cells.length > 0 && shareOf(cells, looks) < half) return [];
    const rank = rankOf(named, cells, names[column]);
    return rank === undefined ? [] : [{ column, rank }];
  });
  return ranked
    .sort((one, other) => one.rank - other.rank || one.column - other.column)
    .map(({ column }) => column)
    .slice(0, 2);
}

function rankOf(named: NamedColumn, cells: Cells, name: string | undefined): number | undefined {
  if (named.role === 'date') return named.rank;
  if (named.role === 'state' && named.by === 'agreeing') return named.dateRank ?? (shareOf(cells, isDate) >= half ? 1 : undefined);
  // Where the file names nothing, a column of dates is when they came.
  return named.role === 'unknown' && (name === undefined || /^Column \d+$/.test(name)) && shareOf(cells, isDate) >= half ? 4 : undefined;
}
