import { isRemarkName, readColumnName } from './columns/column-names.ts';
import { type CellReading, readState, type StateColumn } from './columns/state-column.ts';
import type { TableReading } from './list-reading.ts';
import { boundedCell } from './read-address-cell.ts';
import type { RawRow } from './row-splitter.ts';
import { labelStatus, remarkStatus } from './words/read-status.ts';
import { type ListStatus, listStatuses } from './words/status-words.ts';

/** Whom a row names as what, because of which cell; or what has to be asked before anybody can tell. */
export type RowReading =
  | { status: ListStatus; column?: number; cell?: string }
  | { ask: 'status' }
  | { ask: 'word'; column: number; cell: string };

type Cells = Extract<RawRow, { cells: string[] }>['cells'];

const rankOf = Object.fromEntries(listStatuses.map((status, n) => [status, n])) as Record<ListStatus, number>;
const takesOff = (status: ListStatus) => rankOf[status] >= rankOf.nonsubscribed;

/**
 * Where a row puts somebody: the least permissive of all columns that say it, and of the list's own name. A word that nobody knows is
 * asked about, unless another column takes the person off anyway; and so is a row of which nothing says anything.
 */
export function rowStatus(cells: Cells, table: TableReading): RowReading {
  const { readers, strays, remarks } = compiled(table);
  let best: RowReading | undefined = table.statusWord !== undefined && table.status ? { status: table.status } : undefined;
  let asked: RowReading | undefined;
  for (const { column, read } of readers) {
    const cell = boundedCell(cells[column] ?? '');
    const { status, unknown } = read(cell);
    if (unknown) asked ??= { ask: 'word', column, cell };
    if (status !== undefined && outweighs(status, best)) best = { status, column, cell };
  }
  for (const column of strays) {
    const cell = cells[column] ?? '';
    const status = remarks.has(column) ? remarkStatus(boundedCell(cell)) : strayStatus(cell);
    if (status !== undefined && takesOff(status) && outweighs(status, best)) best = { status, column, cell };
  }
  if (best && 'status' in best && takesOff(best.status)) return best;
  return asked ?? best ?? (table.status === undefined ? { ask: 'status' } : { status: table.status });
}

function strayStatus(cell: string): ListStatus | undefined {
  return cell.length < 2 || cell.length > 60 || !mayTakeOff.test(cell) ? undefined : labelStatus(boundedCell(cell));
}

const outweighs = (status: ListStatus, best: RowReading | undefined) =>
  !best || !('status' in best) || rankOf[status] > rankOf[best.status];

/** A look at cells of all other columns, so cheap that a million rows do not feel it; what passes is read as a whole word. */
const mayTakeOff =
  /unsub|opt|bounc|black|blocklist|complain|spam|abuse|suppress|cleaned|undeliver|退|拒|黑|投诉|投訴|举报|檢舉|取消订|取消訂|解除|abgemeldet|desabon|désabon|désinscri/i;

type Compiled = { readers: { column: number; read: (cell: string) => CellReading }[]; strays: number[]; remarks: ReadonlySet<number> };
const known = new WeakMap<TableReading, Compiled>();

function compiled(table: TableReading): Compiled {
  const before = known.get(table);
  if (before) return before;
  const used = new Set([...Object.values(table.columns), ...table.states.map(({ column }) => column)]);
  const readers = table.states
    .filter(({ reads }) => reads !== 'nothing')
    .map((state) => ({ column: state.column, read: remembering(state) }));
  const strays = table.names.flatMap((name, n) => (used.has(n) || readColumnName(name).role === 'silent' ? [] : [n]));
  const remarks = new Set(strays.filter((column) => isRemarkName(table.names[column] ?? '')));
  const made = { readers, strays, remarks };
  known.set(table, made);
  return made;
}

/** Few words, in many rows. Dates are read each time. */
const rememberedWords = 500;

function remembering(state: StateColumn): (cell: string) => CellReading {
  const words = new Map<string, CellReading>();
  return (cell) => {
    const before = words.get(cell);
    if (before) return before;
    const says = readState(cell, state);
    if (words.size < rememberedWords) words.set(cell, says);
    return says;
  };
}
