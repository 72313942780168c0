import type { FindingAnswer } from '../../../functions/api/issues/finding-answer.ts';
import { kindText, particulars } from '../../../functions/desk/issues/finding-in-words.ts';
import { deskWords } from '../../../functions/words/languages.ts';
import type { Context } from '../frame/context.ts';

type Found = { file: string; errors: readonly FindingAnswer[]; warnings: readonly FindingAnswer[] };

export type FindingLine = { place: string; isError: boolean; says: string };

/** What was found in a file, errors first, each at its line, in the words that the desk has for it. Nothing comes twice. */
export function findingsIn({ file, errors, warnings }: Found, { locale }: Pick<Context, 'locale'>): FindingLine[] {
  const desk = { words: deskWords[locale] };
  const line = (finding: FindingAnswer, isError: boolean) => {
    const about = particulars(desk, finding);
    const place = finding.line === undefined ? file : `${file}:${finding.line}`;
    return { place, isError, says: about === '' ? kindText(desk, finding) : `${kindText(desk, finding)} ${about}` };
  };
  const all = [...errors.map((each) => line(each, true)), ...warnings.map((each) => line(each, false))];
  return [...new Map(all.map((each) => [`${each.place} ${each.says}`, each])).values()];
}

export const findingLines = (found: Found, context: Pick<Context, 'locale'>) =>
  findingsIn(found, context).map(({ place, isError, says }) => `    ${isError ? '✗' : '·'} ${place}: ${says}`);
