import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readerLocales } from '../../functions/words/locale.ts';

const modules = execFileSync('git', ['ls-files', 'functions', 'emails', 'infra/parts'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file.endsWith('.ts') && !file.startsWith('functions/words/'));
/** A module without its comments. */
const codeOf = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');

/** Modules that name a language for another reason than to choose words. */
const naming = [
  // The language of a newsletter whose settings name none.
  'functions/settings/editorial-settings.ts',
  // Guesses the language of an issue by its letters.
  'functions/issues/details/issue-language.ts',
  // For a mailbox that nobody reads.
  'functions/deliveries/event-channel/probe-message.ts',
  // Words of SES and of the ledger’s own sums are shown as they came.
  'functions/desk/digests/report.ts',
  'functions/desk/readers/reader-facts.ts',
];

test('no module but the registry names a language', () => {
  const tags = new RegExp(`'(${readerLocales.join('|')})'`);
  const found = modules.filter((file) => !naming.includes(file) && tags.test(codeOf(file)));

  expect(found).toEqual([]);
});

test('readers’ pages, mails, notices and the desk hold no words of their own', () => {
  const speaking = modules.filter((file) => /^functions\/(public|notices|subscribers|digests|desk)\/|^emails\//.test(file));
  // Marks of punctuation are no words: some modules look for those that authors write.
  const found = speaking.filter((file) => /[\p{Script=Han}]/u.test(codeOf(file)));

  expect(found).toEqual([]);
});

const inEnglish = [
  'functions/words/en.ts',
  'infra/cli/words/en.ts',
  ...modules.filter((file) => /\/refusals\/\w+-refusals\.ts$/.test(file)),
];

test.each(inEnglish)('the English of %s is in plain words', (file) => {
  const words = readFileSync(file, 'utf8');
  const idioms = words.match(/\b(whoever|anew|once more|own(ed|s) up|say yes|stands|of ours|is nobody|these very|slip|call(ed)? off)\b/gi);

  expect(idioms).toBeNull();
});
