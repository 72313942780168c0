import { readColumnName } from '../columns/column-names.ts';
import { isAddressCell } from '../read-address-cell.ts';

/** A line of a mail program: names, addresses, and what separates them. */
export type MailboxLine = { row: number; text: string };

const longestLine = 20_000;
const prefix = /^(?:to|cc|bcc|an|kopie|收件人|抄送|密送|收件者)\s*[:：]/i;

/**
 * Whether a text is lines of mailboxes as a mail program has them, `Name <address>` or several addresses in a line, and no table: nothing
 * in its lines is anything else. A line that holds no address does not count, but for a first one that names columns.
 */
export function isMailboxLines(lines: readonly MailboxLine[]): boolean {
  const first = lines.find(({ text }) => text.trim() !== '');
  if (!first || namesColumns(first.text)) return false;
  const withAddress = lines.filter(({ text }) => /[@＠]/.test(text));
  const mailboxes = withAddress.map(({ text }) => mailboxesIn(text));
  if (mailboxes.length === 0 || mailboxes.some((found) => found === undefined)) return false;
  const isMore = (found: readonly string[] | undefined) =>
    found !== undefined && (found.length > 1 || found.some((each) => each.includes('<')));
  return mailboxes.some(isMore);
}

const namesColumns = (text: string) => !/[@＠]/.test(text) && text.split(/[,;\t|]/).some((cell) => readColumnName(cell).role === 'address');

/** The mailboxes of a line; undefined when something in it is neither one nor a part of its name. */
export function mailboxesIn(line: string): string[] | undefined {
  if (line.length > longestLine) return undefined;
  const found: string[] = [];
  let name = '';
  for (const piece of piecesOf(line.trim().replace(prefix, ''))) {
    const text = piece.trim();
    if (text === '') continue;
    const whole = name === '' ? text : `${name}, ${text}`;
    if (isAddressCell(text) || (text.includes('<') && isAddressCell(whole))) {
      if (name !== '' && !text.includes('<')) return undefined;
      found.push(text.includes('<') ? whole : text);
      name = '';
    } else if (/[@＠]/.test(text)) {
      const several = text.split(/\s+/);
      if (name !== '' || !several.every(isAddressCell)) return undefined;
      found.push(...several);
    } else name = whole;
  }
  return name === '' ? found : undefined;
}

/** Between commas, semicolons and tabs that are outside of quotes and of angle brackets. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let [from, quoted, inside] = [0, false, false];
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at];
    if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '<') inside = true;
    else if (!quoted && letter === '>') inside = false;
    else if (!quoted && !inside && (letter === ',' || letter === ';' || letter === '\t')) {
      pieces.push(line.slice(from, at));
      from = at + 1;
    }
  }
  return [...pieces, line.slice(from)];
}
