import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export type Cell = string | number;
type Figures = { title: string; columns: readonly string[]; rows: readonly (readonly Cell[])[] };
/** What must hold of one figure; ratios are of one run. */
type Gate = { what: string; figure: number } & ({ most: number } | { least: number });
export type Findings = { figures: unknown; tables: readonly Figures[]; gates?: readonly Gate[] };

/** Fewer rounds over less, for a person who wants to know within half a minute whether anything has become much worse. */
export const quick = process.argv.includes('--quick');

/** Where a benchmark leaves its findings for `npm run bench`. */
export const findingsOf = (name: string) => resolve(`.build/benchmarks/findings/${name}.json`);

/** Ends a benchmark: its tables and gates for a person, its findings as JSON, and an exit code of 1 when a gate is missed. */
export function report(name: string, { figures, tables, gates = [] }: Findings): never {
  const judged = gates.map((gate) => ({ ...gate, holds: holds(gate) }));
  mkdirSync(dirname(findingsOf(name)), { recursive: true });
  writeFileSync(findingsOf(name), `${JSON.stringify({ figures, gates: judged }, null, 2)}\n`);
  for (const table of tables) console.log(`${shown(table)}\n`);
  for (const gate of judged) console.log(`${gate.holds ? 'holds ' : 'MISSED'}  ${inWords(gate)}`);
  process.exit(judged.every((gate) => gate.holds) ? 0 : 1);
}

/** A figure that is not a number holds nothing. */
const holds = (gate: Gate) => ('most' in gate ? gate.figure <= gate.most : gate.figure >= gate.least);

const inWords = (gate: Gate) =>
  `${gate.what}: ${number(gate.figure)} (${'most' in gate ? `at most ${number(gate.most)}` : `at least ${number(gate.least)}`})`;

/** As Markdown, so that it can be put into `docs/performance.md`. */
function shown({ title, columns, rows }: Figures): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? number(cell) : cell)));
  const widths = columns.map((_, n) => Math.max(3, ...lines.map((line) => line[n]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, n) => (n === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  return [`## ${title}\n`, line(head), rule, ...body.map(line)].join('\n');
}

/** Three digits that count. */
export const number = (value: number) =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 6 });
