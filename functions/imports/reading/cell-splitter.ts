/** Instead of a place in the text. */
const [open, broken] = [-1, -2];

/**
 * Splits the lines of a delimited text into cells (RFC 4180): a cell in quotes may hold delimiters, doubled quotes and line
 * ends. A quote inside of a cell that did not begin with one is a character like any other, as programs that export lists write it.
 */
export class CellSplitter {
  readonly #delimiter: string;
  #cells: string[] = [];
  /** What a cell in quotes holds so far, when its closing quote is on a later line. */
  #open: string | undefined;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The cells of a row that ends with this line; `open` when it goes on, `broken` when its quotes make no sense over several lines. */
  line(text: string): string[] | 'open' | 'broken' {
    if (this.#open === undefined && !text.includes('"')) return text.split(this.#delimiter);
    let at = 0;
    if (this.#open !== undefined) {
      at = this.#quoted(text, 0, `${this.#open}\n`);
      if (at < 0) return at === open ? 'open' : 'broken';
    }
    while (at <= text.length) {
      if (text[at] === '"') {
        at = this.#quoted(text, at + 1, '');
        if (at < 0) return 'open';
      } else {
        const end = this.#endOfCell(text, at);
        this.#cells.push(text.slice(at, end));
        at = end + this.#delimiter.length;
      }
    }
    const cells = this.#cells;
    this.#cells = [];
    return cells;
  }

  /** Forgets a row that was begun. */
  giveUp() {
    this.#cells = [];
    this.#open = undefined;
  }

  /** Reads on in a cell in quotes and returns where the next cell begins; or that the line ends before the quote does. */
  #quoted(text: string, from: number, before: string): number {
    let cell = before;
    for (let at = from; ; ) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        this.#open = cell + text.slice(at);
        return open;
      }
      cell += text.slice(at, quote);
      if (text[quote + 1] === '"') {
        cell += '"';
        at = quote + 2;
        continue;
      }
      // Whatever is between the closing quote and the delimiter belongs to the cell. But over several lines it says that this
      // quote opens a cell, and the one before never closed.
      const end = this.#endOfCell(text, quote + 1);
      if (end > quote + 1 && cell.includes('\n')) return broken;
      this.#open = undefined;
      this.#cells.push(cell + text.slice(quote + 1, end));
      return end + this.#delimiter.length;
    }
  }

  #endOfCell(text: string, from: number): number {
    const end = text.indexOf(this.#delimiter, from);
    return end < 0 ? text.length : end;
  }
}
