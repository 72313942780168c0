import { expect, test } from 'vitest';
import { isWithout } from '../support/without.ts';
import { growingTexts } from './growing-text.ts';
import { growthOf, mostGrowth, superLinear } from './growth-of.ts';
import { readerCalls } from './reader-calls.ts';
import { type TextReader, textReaders } from './text-readers.ts';

const readers = await textReaders();

const inputs = {
  text: (text: string) => text,
  bytes: (text: string) => Buffer.from(text),
  texts: (text: string) => text.match(/[\s\S]{1,10}/g) ?? [],
};

/** What it takes to run a reader over a text; undefined where nobody has said it yet. */
const callOf = ({ read, takes, alone }: TextReader) =>
  readerCalls.get(read) ?? (alone ? (text: string) => read(inputs[takes](text)) : undefined);

test('whatever takes a text from outside is run over growing texts', () => {
  expect(readers.length).toBeGreaterThan(100);
  expect(readers.filter((reader) => !callOf(reader)).map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});

// Minutes of work that CI does once.
test.skipIf(isWithout('long-runs')).each(readers.map((reader, n) => [`${reader.name} (${reader.file})`, reader, n] as const))(
  '%s takes linear time, whatever the text',
  async (_name, reader, n) => {
    expect(await superLinear(callOf(reader) ?? reader.read, growingTexts(reader.words, n))).toEqual([]);
  },
  300_000,
);

test('time that grows with the square is noticed', async () => {
  const growth = await growthOf(
    (text) => /\s+$/.test(text),
    (size) => `${' '.repeat(size)}b`,
  );

  expect(growth).toBeGreaterThan(mostGrowth);
});
