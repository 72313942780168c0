import { describe, expect, test } from 'vitest';
import type { DeskWords } from '../../functions/words/desk-shape.ts';
import { deskWords } from '../../functions/words/languages.ts';
import { deskLocales } from '../../functions/words/locale.ts';

/** Which of the values a sentence mentions. Each value is a list of one name, which may be written, joined, counted or looked up. */
function mentioned(write: (values: never) => string): string[] {
  const read = new Set<string>();
  const values = new Proxy({}, { get: (_none, name) => [read.add(String(name)) && String(name)] });
  write(values as never);
  return [...read].sort();
}

const refusalsOf = ({ refusals }: DeskWords) => Object.entries(refusals).map(([code, write]) => [code, mentioned(write)]);

const findingsOf = ({ findings }: DeskWords) =>
  Object.entries(findings).map(([code, { about }]) => [code, about ? mentioned(about as (values: never) => string) : []]);

/** The answers of every dialog: what it does, and what leaves everything as it is. */
const dialogsOf = (words: DeskWords): [yes: string, no: string][] => [
  [words.cancelConfirm, words.keepSending],
  ...[
    ...[words.sendNowConfirm, words.scheduleConfirm, words.testConfirm, words.queueAnyway, words.topicsConfirm, words.removeConfirm],
    ...[words.planAgainConfirm, words.mailAgainConfirm, words.askConfirm, words.chooseFile],
    ...[words.reader.unsubscribeConfirm, words.reader.eraseConfirm, words.reader.reinstateConfirm],
  ].map((yes): [string, string] => [yes, words.dismiss]),
];

describe.each(deskLocales)('the desk in %s', (locale) => {
  test('says of a refusal whatever English says of it', () => {
    expect(refusalsOf(deskWords[locale])).toEqual(refusalsOf(deskWords.en));
  });

  test('says of a finding whatever English says of it', () => {
    expect(findingsOf(deskWords[locale])).toEqual(findingsOf(deskWords.en));
  });

  test('has one sentence for each refusal and each finding', () => {
    const { refusals, findings } = deskWords[locale];
    const sentences = [
      ...Object.values(refusals).map((write) => (write as (values: unknown) => string)(new Proxy({}, { get: () => ['·'] }))),
      ...Object.values(findings).map(({ says }) => says),
    ];

    expect(sentences.filter((sentence, n) => sentences.indexOf(sentence) !== n)).toEqual([]);
  });

  test('offers no two answers of a dialog that can be confused', () => {
    const alike = dialogsOf(deskWords[locale]).filter(
      ([yes, no]) => yes === no || yes.includes(no) || no.includes(yes) || /^(cancel|取消)$/i.test(no),
    );

    expect(alike).toEqual([]);
  });
});
