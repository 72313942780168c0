import type { Block, IssueContent, Item } from '../../functions/issues/issue.ts';
import { withoutEnd } from '../../functions/platform/without-end.ts';
import { readerLocaleOf } from '../../functions/words/locale.ts';
import { withoutControls } from '../fill-email.ts';
import { wordsIn } from '../words.ts';

/**
 * What is before an item's title. A plain number stays a number, set in the mail's own way; any other mark (`（2）`,
 * `第三，`, `二、`) is the author's and is kept, without the separator at its end.
 */
export function itemLabel({ number, mark = '' }: Pick<Item, 'number' | 'mark'>): string {
  const written = mark.trim();
  if (written === '' || written.replace(/[^\p{L}\p{N}]/gu, '') === String(number)) {
    if (!/^[(（[【]/.test(written)) return number === null ? '' : String(number);
  }
  return withoutEnd(written, /[、，,.．：:]/);
}

/**
 * Who wrote it, in the words of its language, or the names alone where that is not registered: an English “By” before Arabic helps nobody.
 * Empty where the file does not say.
 */
export function bylineOf({ authors = [], language }: Pick<IssueContent, 'authors' | 'language'>): string {
  if (authors.length === 0) return '';
  return withoutControls(readerLocaleOf(language) ? wordsIn(language).byline(authors) : authors.join(' · '));
}

/** The closing without rules at its edges: it has one of its own above it, and the foot below. */
export function closingOf({ closing }: Pick<IssueContent, 'closing'>): Block[] {
  const first = closing.findIndex(({ kind }) => kind !== 'rule');
  const last = closing.findLastIndex(({ kind }) => kind !== 'rule');
  return first < 0 ? [] : closing.slice(first, last + 1);
}
