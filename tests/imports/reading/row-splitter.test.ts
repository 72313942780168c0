import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { longestRow, type RawRow, type RowShape, RowSplitter } from '../../../functions/imports/reading/row-splitter.ts';

const commas: RowShape = { encoding: 'utf-8', delimiter: ',', newline: '\n' };

function rowsOf(bytes: Uint8Array, shape: RowShape = commas, block = bytes.length || 1, from = { offset: 0, row: 0 }): RawRow[] {
  const splitter = new RowSplitter(shape, from);
  const rows: RawRow[] = [];
  for (let at = from.offset; at < bytes.length; at += block) rows.push(...splitter.push(bytes.subarray(at, at + block)));
  return [...rows, ...splitter.end()];
}

const cellsOf = (rows: RawRow[]) => rows.map((row) => ('cells' in row ? row.cells : row.fault));
const read = (text: string, shape = commas) => cellsOf(rowsOf(Buffer.from(text), shape));

test('cells in quotes hold delimiters, doubled quotes and line ends; a stray quote is a character', () => {
  expect(read('a,"b, c","d ""e"""\r\n"two\nlines",x\nO"Brien,"y"z,\n')).toEqual([
    ['a', 'b, c', 'd "e"'],
    ['two\nlines', 'x'],
    ['O"Brien', 'yz', ''],
  ]);
});

test.each([';', '\t', '|'])('%j separates cells as well', (delimiter) => {
  expect(read(`a${delimiter}"b${delimiter}c"\n`, { ...commas, delimiter })).toEqual([['a', `b${delimiter}c`]]);
});

test('a file with the line ends of an old Mac has rows, too', () => {
  expect(read('a,b\rc,d\r', { ...commas, newline: '\r' })).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('a quote that never closes costs its own row and none behind it', () => {
  const rows = read('a@x.org,"oops\nb@x.org,fine\nc@x.org,"also"\n');

  expect(rows).toEqual(['quote_open', ['b@x.org', 'fine'], ['c@x.org', 'also']]);
});

test('in a long file, too, a quote that never closes costs its own row alone', () => {
  const lines = Array.from({ length: 500 }, (_, n) => `${n}@x.org,fine`);
  const rows = read(['0@x.org,"oops', ...lines].join('\n'));

  expect(rows).toHaveLength(501);
  expect(rows.filter((row) => row === 'quote_open')).toHaveLength(1);
});

test('a field of a megabyte is refused without being held, and the next row is read', () => {
  const rows = rowsOf(Buffer.from(`a,${'x'.repeat(1024 * 1024)}\nb,c\n`), commas, 16 * 1024);

  expect(cellsOf(rows)).toEqual(['too_long', ['b', 'c']]);
  expect(rows[0]?.next).toBe(1024 * 1024 + 3);
  expect(longestRow).toBe(64 * 1024);
});

test('a file of nothing but open quotes is read in seconds', () => {
  const rows = read('"a\n'.repeat(100_000));

  expect(rows).toHaveLength(100_000);
}, 10_000);

const encodings = [
  ['utf-8', 'utf8'],
  ['utf-16le', 'utf16le'],
  ['utf-16be', 'utf16be'],
  ['gb18030', 'gb18030'],
  ['shift_jis', 'shiftjis'],
  ['big5', 'big5'],
] as const;

test.each(encodings)('%s: every row is found again from its place in bytes, however the bytes come', (encoding, written) => {
  // Characters whose second bytes are the usual suspects: 表 and ソ end in 0x5C, 乊 and 丂 lie where ASCII does.
  const cell = fc.stringMatching(/^[a-z表十中文,"\n]{0,6}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (table, block) => {
      const text = table.map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      const bytes = iconv.encode(text, written);
      const shape = { ...commas, encoding };
      const rows = rowsOf(bytes, shape, encoding.startsWith('utf-16') ? block : block);

      expect(cellsOf(rows)).toEqual(table.map((cells) => [...cells]));
      for (const [n, { row, offset }] of rows.entries()) {
        expect(row).toBe(n + 1);
        expect(cellsOf(rowsOf(bytes, shape, block, { offset, row: n }))).toEqual(cellsOf(rows).slice(n));
      }
    }),
    { numRuns: 60 },
  );
});
