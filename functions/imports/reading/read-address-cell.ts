import { type AddressFault, type EmailAddress, readEmailAddress } from '../../mail/email-address.ts';

/** What is longer is a text, of which the beginning says enough. */
const longestCell = 1_000;
/** An address has 254 characters, and a name before it some more. */
const longestAddressCell = 400;

/** A cell as rows are read: bounded before anything looks at it, without zero bytes and without blanks around it. */
export function boundedCell(cell: string): string {
  const short = cell.length > longestCell ? cell.slice(0, longestCell) : cell;
  return (short.includes('\0') ? short.replaceAll('\0', '') : short).trim();
}

/**
 * The address in a cell as people paste it: alone, as `Name <address>`, as a link, with characters that nobody sees in it, or with
 * punctuation glued to it.
 */
export function readAddressCell(cell: string): EmailAddress | AddressFault {
  if (cell.length > longestAddressCell) return cell.includes('@') ? 'too_long' : 'malformed';
  const plain = readEmailAddress(cell);
  if (typeof plain !== 'string') return plain;
  const visible = cell.replace(/\p{Cf}/gu, '');
  const read = readEmailAddress(withoutGlue(insideOf(visible)));
  return typeof read === 'string' ? plain : read;
}

export const isAddressCell = (cell: string): boolean => /[@＠]/.test(cell) && typeof readAddressCell(boundedCell(cell)) !== 'string';

/** What is between the last `<` and the next `>`, if that is where the address is. */
function insideOf(text: string): string {
  const open = text.lastIndexOf('<');
  const close = text.indexOf('>', open);
  const inside = open < 0 || close < 0 ? text : text.slice(open + 1, close);
  return inside.replace(/^\s*mailto:/i, '');
}

const glueBefore = '<("\'“‘«[ ';
const glueBehind = '>)"\'”’»],;:。，；、 ';

function withoutGlue(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && glueBefore.includes(text.charAt(from))) from += 1;
  while (to > from && glueBehind.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}
