import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainWords } from './plain-words.ts';

const vocabulary = readFileSync('docs/vocabulary.md', 'utf8');
const terms = [...vocabulary.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) => wordsIn(cell));
const [, notUsed = ''] = vocabulary.split('## Not used');

/** By word: the exported types of `functions/` that have it in their name. */
const used = new Map<string, string[]>();
for (const file of execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'functions/*.ts'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((each) => each.endsWith('.ts')))
  for (const name of exportedTypesIn(file)) for (const word of wordsIn(name)) used.set(word, [...(used.get(word) ?? []), name]);

test('every word in the name of an exported type is in the vocabulary, or everybody knows it', () => {
  const known = new Set([...terms, ...plainWords]);
  const unexplained = [...used].filter(([word]) => !known.has(word)).map(([word, names]) => `${word}: ${names.join(', ')}`);

  expect(used.size).toBeGreaterThan(200);
  expect(unexplained).toEqual([]);
});

test('a word is explained in one place', () => {
  expect(plainWords.filter((word) => terms.includes(word))).toEqual([]);
  expect(plainWords).toEqual([...new Set(plainWords)]);
});

test('no type is called by a word that is not used any more', () => {
  const old = ['order', 'receipt', 'figure', 'aside', 'lift', 'occurrence', 'campaign', 'blast', 'broadcast', 'stat', 'job'];

  for (const word of old) expect(wordsIn(notUsed), word).toContain(word);
  expect(old.flatMap((word) => used.get(word) ?? [])).toEqual([]);
});

test('an abbreviation, a plural and a new word are told apart', () => {
  expect(wordsIn('SesEventIDs')).toEqual(['ses', 'event', 'id']);
  expect(wordsIn('DeliveriesServices')).toEqual(['delivery', 'service']);
});

function exportedTypesIn(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^export (?:declare |abstract )?(?:type|interface|class) (\w+)/gm)].map(
    ([, name = '']) => name,
  );
}

/** `ReaderBatches` is *reader* and *batch*: split at capitals, lower case, singular. */
function wordsIn(text: string): string[] {
  return (text.match(/[A-Z]+(?=s?(?![a-z]))|[A-Z]?[a-z]+/g) ?? [])
    .map((word) => singular(word.toLowerCase()))
    .filter((word) => word.length > 1);
}

function singular(word: string): string {
  if (/(ss|us|is|status|ses|aws|sqs|has)$/.test(word) && word.length < 8 && !/(sses|buses)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
