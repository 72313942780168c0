import { closedDirection } from '../../platform/closed-direction.ts';
import { Refusal } from '../../platform/refusal.ts';
import { isReasonName, readColumnName } from './columns/column-names.ts';
import { judgeColumns, type ListColumns } from './columns/judge-columns.ts';
import { knownLayout } from './columns/known-layouts.ts';
import { readListName } from './columns/named-status.ts';
import { mostColumns, type StateColumn } from './columns/state-column.ts';
import type { Columns, TableCorrections, TableReading } from './list-reading.ts';
import { boundedCell, isAddressCell } from './read-address-cell.ts';
import type { ListStatus } from './words/status-words.ts';
import { readYesNo } from './words/yes-no.ts';

/** A row, by its number in the table, from 1. */
export type TableRow = { row: number; cells: readonly string[] };

type Wanted = { name: string; names: readonly string[]; said: TableCorrections & { hasNames?: boolean | undefined } };

/**
 * How a list is read, from its first rows and the names of its file and of itself; what an editor says outweighs what was recognised.
 * Undefined for a table without addresses.
 * @throws Refusal `list_too_many_columns`
 */
export function recogniseTable(rows: readonly TableRow[], { name, names: listNames, said }: Wanted): TableReading | undefined {
  const bounded = rows
    .map(({ row, cells }) => ({ row, cells: cells.map(boundedCell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const widest = Math.max(0, ...bounded.map(({ cells }) => cells.length));
  if (widest > mostColumns) throw new Refusal('list_too_many_columns', { columns: widest, most: mostColumns });
  const named = namesRow(bounded, said.hasNames);
  const data = bounded.filter(({ row }) => row > (named?.row ?? 0)).map(({ cells }) => cells);
  const names = Array.from({ length: widest }, (_, n) => closedDirection(named?.cells[n]?.slice(0, 100) ?? '') || `Column ${n + 1}`);
  const layout = named && knownLayout(names);
  // Of a Periodical export, rows may all be of people whose address is kept no more.
  const own = layout?.format === 'periodical' ? names.findIndex((each) => each.toLowerCase() === 'email') : undefined;
  const address = said.columns?.address ?? own ?? addressColumn(named ? names : [], data, widest);
  if (address === undefined || address >= Math.max(1, widest)) return undefined;
  const judged = judgeColumns(names, data, address, layout);
  const columns: Columns = said.columns ?? { address, ...judged.columns };
  const status = said.status === undefined ? statusByName(listNames, (by) => isDenied(by, judged.states, data)) : { status: said.status };
  return {
    name,
    format: layout?.format ?? 'plain',
    skip: named?.row ?? 0,
    names,
    columns,
    states: statesSaid([...judged.states, ...reasonsIn(names, judged, status.statusWord)], said.states).filter(
      ({ column }) => column !== columns.address,
    ),
    ...status,
    ...(said.dateOrder && { dateOrder: said.dateOrder }),
    used: said.used ?? !isOfEvents(names, judged.states, status.status),
  };
}

/** Of a list that is called by what one of its columns tells apart, `opted-out.csv` with *Opted out: no* in it, the column says it. */
function isDenied(status: ListStatus, states: readonly StateColumn[], rows: readonly (readonly string[])[]): boolean {
  const same = states.filter(({ reads, yes }) => reads === 'filled' && yes === status);
  return same.some(({ column }) => rows.some((cells) => readYesNo(cells[column] ?? '') === 'no'));
}

/** On a list of those who are gone, why they are says whether a mailbox was dead or somebody complained. */
function reasonsIn(names: readonly string[], { columns, states }: ListColumns, statusWord: string | undefined): StateColumn[] {
  if (statusWord === undefined) return [];
  const taken = [...Object.values(columns), ...states.map(({ column }) => column)];
  return names.flatMap((name, column) => (taken.includes(column) || !isReasonName(name) ? [] : [{ column, reads: 'filled', words: {} }]));
}

/** What an editor says about a column is in the place of what was recognised of it. */
function statesSaid(found: readonly StateColumn[], said: readonly StateColumn[] = []): StateColumn[] {
  const kept = found.filter(({ column }) => !said.some((each) => each.column === column));
  return [...kept, ...said].sort((one, other) => one.column - other.column);
}

/** The least permissive of what the file and the list in it are called. */
function statusByName(names: readonly string[], isDenied: (by: ListStatus) => boolean): Pick<TableReading, 'status' | 'statusWord'> {
  const ranks = ['complained', 'bounced', 'unsubscribed', 'nonsubscribed', 'unconfirmed', 'subscribed'];
  const found = names.flatMap((name) => readListName(name) ?? []).filter(({ status }) => !isDenied(status));
  const [first] = found.sort((one, other) => ranks.indexOf(one.status) - ranks.indexOf(other.status));
  return first ? { status: first.status, statusWord: first.word } : {};
}

/** Deliveries, opens and clicks of an export of everything: a line an event, none of which is a subscription. */
function isOfEvents(names: readonly string[], states: readonly StateColumn[], status: TableReading['status']): boolean {
  const events =
    /^(?:post|message|mail|campaign|delivery|event|broadcast)[ _-]?(?:id|type|name|at)?$|^(?:event|opened|clicked|delivered|sent)(?:[ _-]at)?$/i;
  return status === undefined && states.length === 0 && names.some((name) => events.test(name));
}

type Bounded = { row: number; cells: string[] };

/** The row with the names: of those above the first address the one that names most columns, else the fullest; a title is none. */
function namesRow(rows: readonly Bounded[], hasNames: boolean | undefined): Bounded | undefined {
  if (hasNames === false) return undefined;
  const first = rows.findIndex(({ cells }) => cells.some(isAddressCell));
  const above = first < 0 ? rows.slice(0, 1) : rows.slice(0, first);
  const scored = above.map((row) => ({ row, score: nameScore(row.cells, rows[first]?.cells) }));
  const best = scored.reduce<{ row?: Bounded; score: number }>((top, next) => (next.score > 0 && next.score >= top.score ? next : top), {
    score: 0,
  });
  return best.row ?? (hasNames ? rows[0] : undefined);
}

function nameScore(cells: readonly string[], below: readonly string[] | undefined): number {
  const filled = cells.filter((cell) => cell !== '').length;
  const known = cells.filter((cell) => cell !== '' && readColumnName(cell).role !== 'unknown').length;
  const address = below?.findIndex(isAddressCell) ?? -1;
  if (address >= 0 && (cells[address] ?? '') === '') return 0;
  // One word over one column is a name only if it is a known one: else it is a line like those below it.
  if (known === 0 && filled < 2) return 0;
  return known * 100 + filled;
}

/** What a column holds says more than what it is called: an address may be a street's. */
function addressColumn(names: readonly string[], rows: readonly (readonly string[])[], width: number): number | undefined {
  const counts = Array.from({ length: width }, (_, column) => rows.filter((cells) => isAddressCell(cells[column] ?? '')).length);
  const called = names.findIndex((name) => readColumnName(name).role === 'address');
  if (rows.length === 0) return called < 0 ? undefined : called;
  const most = Math.max(0, ...counts);
  if (most === 0) return undefined;
  const isCalled = (column: number) => readColumnName(names[column] ?? '').role === 'address' && (counts[column] ?? 0) > 0;
  const named = counts.findIndex((count, column) => isCalled(column) && count >= most / 2);
  return named < 0 ? counts.indexOf(most) : named;
}
