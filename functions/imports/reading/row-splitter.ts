import { CellSplitter } from './cell-splitter.ts';
import type { Encoding } from './table-shape.ts';

/** A row of a file: where it begins, in bytes, and what its cells hold, or why they cannot be told. */
export type RawRow = { row: number; offset: number; next: number } & ({ cells: string[] } | { fault: 'quote_open' | 'too_long' });

/** Bytes: a row of a list is a few hundred. */
export const longestRow = 64 * 1024;
/** A quote that is not closed would take the rest of the file for one cell. */
const mostLines = 100;

export type RowShape = {
  encoding: Encoding;
  delimiter: string;
  newline: '\n' | '\r';
  /** JSON Lines: a row is one cell. */
  json?: boolean;
};

type Line = { text: string; offset: number; next: number };

/**
 * Splits a file into rows as its bytes come in, holding no more than one row. A row knows its place in bytes, so that reading
 * can begin again there: lines are found in the bytes and decoded one by one, which these encodings allow, since none of them
 * has a line end, a delimiter or a quote inside of a character. A row whose quote never closes costs that row alone.
 */
export class RowSplitter {
  readonly #decoder: TextDecoder;
  readonly #cells: Pick<CellSplitter, 'line' | 'giveUp'>;
  readonly #newline: number;
  readonly #wide: 0 | 1 | 2;
  #row: number;
  /** Where `#rest` begins. */
  #offset: number;
  #rest: Buffer = Buffer.alloc(0);
  /** The rest of a line that is longer than any row is passed over. */
  #skipping: number | undefined;
  /** Lines of a row whose quote is still open. */
  #open: Line[] = [];

  /** `from`: where the bytes begin, and how many rows come before them. */
  constructor({ encoding, delimiter, newline, json = false }: RowShape, from = { offset: 0, row: 0 }) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
    this.#cells = json ? { line: (text) => [text], giveUp: () => undefined } : new CellSplitter(delimiter);
    this.#newline = newline === '\n' ? 10 : 13;
    this.#wide = encoding === 'utf-16le' ? 1 : encoding === 'utf-16be' ? 2 : 0;
    this.#offset = from.offset;
    this.#row = from.row;
  }

  push(bytes: Uint8Array): RawRow[] {
    const block =
      this.#rest.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.concat([this.#rest, bytes]);
    const rows: RawRow[] = [];
    let at = 0;
    for (let end = this.#lineEnd(block, 0); end >= 0; end = this.#lineEnd(block, at)) {
      this.#bytesOfLine(block.subarray(at, end), this.#offset + at, this.#offset + end, rows);
      at = end;
    }
    this.#rest = block.subarray(at);
    this.#offset += at;
    if (this.#rest.length > longestRow) {
      this.#skipping ??= this.#offset;
      // An even number, so that the halves of a character of UTF-16 stay together.
      const gone = this.#rest.length & ~1;
      this.#rest = this.#rest.subarray(gone);
      this.#offset += gone;
    }
    return rows;
  }

  end(): RawRow[] {
    const rows: RawRow[] = [];
    if (this.#rest.length > 0 || this.#skipping !== undefined)
      this.#bytesOfLine(this.#rest, this.#offset, this.#offset + this.#rest.length, rows);
    while (this.#open.length > 0) this.#refuseOpen(rows);
    return rows;
  }

  /** Where the line behind `from` ends, its line end included; -1 when that has not come yet. */
  #lineEnd(block: Buffer, from: number): number {
    if (this.#wide === 0) return block.indexOf(this.#newline, from) + 1 || -1;
    for (let at = from; ; at += 1) {
      at = block.indexOf(this.#newline, at);
      if (at < 0) return -1;
      const isLow = (this.#offset + at) % 2 === (this.#wide === 1 ? 0 : 1);
      const end = this.#wide === 1 ? at + 2 : at + 1;
      if (isLow && end <= block.length && block[this.#wide === 1 ? at + 1 : at - 1] === 0) return end;
    }
  }

  #bytesOfLine(bytes: Buffer, offset: number, next: number, rows: RawRow[]) {
    if (this.#skipping !== undefined || bytes.length > longestRow) {
      while (this.#open.length > 0) this.#refuseOpen(rows);
      rows.push({ row: ++this.#row, offset: this.#skipping ?? offset, next, fault: 'too_long' });
      this.#skipping = undefined;
      return;
    }
    const text = this.#decoder.decode(bytes).replace(/(?:\r\n|\n|\r)$/, '');
    this.#line({ text: offset === 0 ? text.replace(/^\ufeff/, '') : text, offset, next }, rows);
  }

  #line(line: Line, rows: RawRow[]) {
    const cells = this.#cells.line(line.text);
    if (typeof cells === 'string') {
      this.#open.push(line);
      if (cells === 'broken') return this.#refuseOpen(rows);
      const begun = this.#open[0]?.offset ?? line.offset;
      if (this.#open.length >= mostLines || line.next - begun > longestRow) this.#refuseOpen(rows);
      return;
    }
    const offset = this.#open[0]?.offset ?? line.offset;
    this.#open = [];
    rows.push({ row: ++this.#row, offset, next: line.next, cells });
  }

  /** Only the line that opened a quote is refused; the lines after it are read again. */
  #refuseOpen(rows: RawRow[]) {
    const [first, ...behind] = this.#open;
    if (!first) return;
    this.#cells.giveUp();
    this.#open = [];
    rows.push({ row: ++this.#row, offset: first.offset, next: first.next, fault: 'quote_open' });
    for (const line of behind) this.#line(line, rows);
  }
}
