import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedDirection } from '../../functions/platform/closed-direction.ts';

const [lre, rle, pdf, lro, rlo] = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e'];
const [lri, rli, fsi, pdi] = ['\u2066', '\u2067', '\u2068', '\u2069'];

test.each([
  ['an override is left out, and what ends it', `invoice${rlo}fdp.exe${pdf} now`, 'invoicefdp.exe now'],
  ['the other override too', `${lro}abc`, 'abc'],
  ['an embedding that is open is closed', `a ${rle}b`, `a ${rle}b${pdf}`],
  ['an isolate that is open is closed', `a ${fsi}b`, `a ${fsi}b${pdi}`],
  ['what was closed already stays', `a ${rli}שלום${pdi} b`, `a ${rli}שלום${pdi} b`],
  ['an end of nothing is left out', `a${pdf}b${pdi}c`, 'abc'],
  ['an isolate ends what was begun in it', `${lri}a${rle}b${pdi}c`, `${lri}a${rle}b${pdf}${pdi}c`],
  ['an end of an embedding outside of an isolate does nothing inside', `${lre}a${lri}b${pdf}c`, `${lre}a${lri}bc${pdi}${pdf}`],
  ['several are closed inside out', `${rle}${lri}a`, `${rle}${lri}a${pdi}${pdf}`],
  ['marks that are single letters stay', 'עברית\u200f!\u200e', 'עברית\u200f!\u200e'],
])('%s', (_, text, closed) => {
  expect(closedDirection(text)).toBe(closed);
});

test('whatever comes, what is behind it reads as it would without it', () => {
  const marks = fc.constantFrom(lre, rle, pdf, lro, rlo, lri, rli, fsi, pdi, 'a', 'ש', ' ');
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 40 }), (characters) => {
      const closed = closedDirection(characters.join(''));

      expect(closed).not.toMatch(/[\u202d\u202e]/);
      expect(isBalanced(closed)).toBe(true);
      expect(closedDirection(closed)).toBe(closed);
      expect(closed.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')).toBe(characters.join('').replace(/[\u202a-\u202e\u2066-\u2069]/g, ''));
    }),
  );
});

/** Every mark ends where its kind says, properly nested. */
function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const character of text)
    if ([lre, rle].includes(character)) open.push(pdf);
    else if ([lri, rli, fsi].includes(character)) open.push(pdi);
    else if ([pdf, pdi].includes(character) && open.pop() !== character) return false;
  return open.length === 0;
}
