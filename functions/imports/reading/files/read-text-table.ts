import { isAddressCell } from '../read-address-cell.ts';
import { recogniseEncoding } from '../recognise-encoding.ts';
import type { TableRow } from '../recognise-table.ts';
import { type RowShape, RowSplitter } from '../row-splitter.ts';
import { delimiters, type Encoding } from '../table-shape.ts';

export type TextShape = Omit<RowShape, 'delimiter'> & { delimiter: (typeof delimiters)[number] };

/** Enough rows to know a delimiter by. */
const rowsTried = 200;

/** How a text is cut into rows and cells: its encoding, its line ends and its delimiter, as far as nobody has said them. */
export function recogniseShape(
  head: Uint8Array,
  said: { encoding?: Encoding | undefined; delimiter?: TextShape['delimiter'] | undefined },
): TextShape {
  const encoding = said.encoding ?? recogniseEncoding(head);
  const text = new TextDecoder(encoding).decode(head);
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const [, separator] = /^\ufeff?sep=([,;\t|])\r?\n/.exec(text) ?? [];
  const named = delimiters.find((known) => known === separator);
  return { encoding, newline, delimiter: said.delimiter ?? named ?? likeliestDelimiter(head, { encoding, newline }) };
}

/** The rows of a text, by their numbers in it; what cannot be told apart is left out. Excel's `sep=` line is no row. */
export function textRows(bytes: Uint8Array, shape: RowShape, isWhole: boolean): TableRow[] {
  const splitter = new RowSplitter(shape);
  const rows = splitter.push(bytes);
  if (isWhole || rows.length < 2) rows.push(...splitter.end());
  return rows.flatMap((row) => ('cells' in row && !isSeparatorLine(row.row, row.cells) ? [{ row: row.row, cells: row.cells }] : []));
}

const isSeparatorLine = (row: number, cells: readonly string[]) => row === 1 && /^\ufeff?sep=/.test(cells[0] ?? '');

/**
 * The delimiter that cuts most rows into the same number of cells, more than one, and leaves addresses whole; titles and sums at the ends
 * of a table have their own width.
 */
function likeliestDelimiter(head: Uint8Array, shape: Omit<RowShape, 'delimiter'>): TextShape['delimiter'] {
  const scores = delimiters.map((delimiter) => {
    const rows = textRows(head, { ...shape, delimiter }, false)
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
      .slice(0, rowsTried);
    const widths = Map.groupBy(rows, ({ cells }) => cells.length);
    const [width = 1, alike = []] = [...widths].sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
    const share = (count: number) => count / Math.max(1, rows.length);
    const addresses = share(rows.filter(({ cells }) => cells.some(isAddressCell)).length);
    return { delimiter, score: (width > 1 ? share(alike.length) * 1000 + Math.min(width, 50) : 0) + addresses * 500 };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}
