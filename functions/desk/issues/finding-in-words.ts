import type { FindingAnswer } from '../../api/issues/finding-answer.ts';
import type { FindingWords, Place } from '../../words/desk-shape.ts';
import type { Desk } from '../base/desk.ts';
import type { WholeIssue } from './whole-issue.ts';

export type Severity = 'error' | 'warning';
export type Found = FindingAnswer & { severity: Severity };

/** Everything found, errors first, nothing twice. */
export function findingsOf({ warnings, preflight }: Pick<WholeIssue, 'warnings' | 'preflight'>): Found[] {
  const all: Found[] = [
    ...(preflight?.errors ?? []).map((finding) => ({ ...finding, severity: 'error' as const })),
    ...[...warnings, ...(preflight?.warnings ?? [])].map((finding) => ({ ...finding, severity: 'warning' as const })),
  ];
  const key = ({ code, values, line, path }: Found) => JSON.stringify([code, values, line, path]);
  return [...new Map(all.map((finding) => [key(finding), finding])).values()];
}

/** Where in an issue's structure a finding's `path` (`sections.1.items.0`) points; a path we do not know points nowhere. */
export function placeOf({ path = '' }: Pick<FindingAnswer, 'path'>): Place | undefined {
  const [, section, item] = /^sections\W+(\d+)(?:\W+items\W+(\d+))?/.exec(path) ?? [];
  if (section !== undefined) return { section: Number(section), ...(item !== undefined && { item: Number(item) }) };
  const [part] = /^(?:title|intro|closing)\b/.exec(path) ?? [];
  return part === 'title' || part === 'intro' || part === 'closing' ? { part } : undefined;
}

/** The element of the structure that shows this place. */
export const anchorOf = (place: Place) =>
  'part' in place ? `part-${place.part}` : `section-${place.section}${place.item === undefined ? '' : `-item-${place.item}`}`;

/** Undefined for a code that a newer API knows and this page does not. */
const wordsOf = ({ words }: Pick<Desk, 'words'>, code: string) =>
  Object.hasOwn(words.findings, code) ? words.findings[code as keyof FindingWords] : undefined;

/** A kind of finding in the editor's language; in the API's English where the page does not know the code. */
export const kindText = (desk: Pick<Desk, 'words'>, { code, message }: FindingAnswer) => wordsOf(desk, code)?.says ?? message;

/** What is particular to this one, when the kind alone does not say it. */
export const particulars = (desk: Pick<Desk, 'words'>, { code, values }: FindingAnswer): string =>
  (wordsOf(desk, code)?.about as ((values: FindingAnswer['values']) => string) | undefined)?.(values) ?? '';
