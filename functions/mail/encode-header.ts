import { closedDirection } from '../platform/closed-direction.ts';

const longestLine = 76;
// "=?UTF-8?B?" and "?="; an encoded word is at most 75 characters (RFC 2047 §2).
const wordFrame = 12;
const longestWord = 75;

/**
 * One header field, folded at 76 columns (RFC 5322 §2.2.3). A value beyond ASCII becomes RFC 2047 words; an ASCII one is
 * taken as it is, so that structured values such as `<https://…>` keep their form. Throws when name or value could start
 * another header.
 */
export function headerField(name: string, value: string) {
  if (!/^[\w-]+$/.test(name)) throw new Error(`"${name}" is no name of a header`);
  refuseControls(name, value);
  const words = isAscii(value) ? value.split(/ +/) : encodedWords(value, name.length + 2);
  return `${fold(`${name}:`, words)}\r\n`;
}

/** A header whose value is prose (RFC 5322's "unstructured"): what looks like an encoded word is encoded, to be read literally. */
export const textField = (name: string, value: string) =>
  isAscii(value) && value.includes('=?')
    ? headerField(name, encodedWords(value, name.length + 2).join(' '))
    : headerField(name, closedDirection(value));

/** A display name as RFC 5322's phrase: a quoted string, or encoded words. `column` is where it begins on its line. */
export function phrase(name: string, column = 0) {
  refuseControls('name', name);
  return isAscii(name) && !name.includes('=?')
    ? `"${name.replace(/["\\]/g, '\\$&')}"`
    : encodedWords(closedDirection(name), column).join(' ');
}

/** `"Name" <address>`; throws when the address is not one plain ASCII address. */
export function mailbox({ name, address }: { name?: string; address: string }, column = 0) {
  if (!/^[^\s<>,;:"()[\]\\@]+@[^\s<>,;:"()[\]\\@]+$/.test(address) || !isAscii(address))
    throw new Error('not an address a header can carry');
  return name ? `${phrase(name, column)} <${address}>` : address;
}

/**
 * Base64 words of whole characters, none longer than 75, the first short enough for what comes before it on its line.
 * Splitting by character keeps those beyond the BMP in one piece, as RFC 2047 §5 asks.
 */
function encodedWords(text: string, column = 0): string[] {
  const words: string[] = [];
  let chunk = '';
  let room = bytesThatFit(longestLine - column);
  for (const character of text) {
    if (chunk !== '' && Buffer.byteLength(chunk + character) > room) {
      words.push(encodedWord(chunk));
      chunk = '';
      room = bytesThatFit(longestWord);
    }
    chunk += character;
  }
  return chunk === '' ? words : [...words, encodedWord(chunk)];
}

function refuseControls(where: string, text: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get into a header.
  if (/[\x00-\x1f\x7f]/.test(text)) throw new Error(`the ${where} of a message must be one line without control characters`);
}

const encodedWord = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const bytesThatFit = (columns: number) => Math.max(Math.floor((Math.min(columns, longestWord) - wordFrame) / 4) * 3, 4);
const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);

function fold(start: string, words: readonly string[]) {
  const lines = [start];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    // A line of nothing but the header's name is legal and confuses old filters, so the first word stays beside it.
    if (last.length + 1 + word.length <= longestLine || last === start) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(` ${word}`);
  }
  return lines.join('\r\n');
}
