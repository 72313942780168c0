/** What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), full-width forms included; and our own mark. */
const starter = /^['=+\-@\t\r\n＝＋－＠]/u;

/** A cell that no spreadsheet runs: what looks like a formula becomes text by an apostrophe before it. */
export const defused = (cell: string) => (starter.test(cell) ? `'${cell}` : cell);

/** The cell as it was before {@link defused}. */
export const undefused = (cell: string) => (cell.startsWith("'") && starter.test(cell.slice(1)) ? cell.slice(1) : cell);
