import type { Finding } from './finding.ts';
import type { IssueContent } from './issue.ts';
import type { IssueStore } from './issue-store.ts';
import { visibleText } from './visible-text.ts';

type Issues = Pick<IssueStore, 'similarTo' | 'content'>;

/**
 * The warning about another issue with the same number, or with the same date and most of the same text: likely the same
 * issue whose slug has changed, or whose file was exported again. Undefined when there is none.
 */
export async function findLookAlike(content: IssueContent, issues: Issues): Promise<Finding | undefined> {
  for (const { slug, title, number, date, contentHash } of await issues.similarTo(content)) {
    if (slug === content.slug) continue;
    if (number !== null && number === content.number) return { code: 'same_number', values: { number, title, slug } };
    const other = date === content.date ? await issues.content(slug, contentHash) : undefined;
    if (other && sharedText(content, other) > 0.5) return { code: 'same_text', values: { date, title, slug } };
  }
  return undefined;
}

/** Whether such a warning was found when it was uploaded. */
export const isLookAlike = ({ warnings }: Pick<IssueContent, 'warnings'>) =>
  warnings.some(({ code }) => code === 'same_number' || code === 'same_text');

/** How much of the one's text, by letters, is in the other, sentence by sentence: 0 to 1. */
function sharedText(one: IssueContent, other: IssueContent): number {
  const theirs = new Set(sentencesOf(other));
  let all = 0;
  let shared = 0;
  for (const sentence of sentencesOf(one)) {
    all += sentence.length;
    if (theirs.has(sentence)) shared += sentence.length;
  }
  return all === 0 ? 0 : shared / all;
}

const sentencesOf = (content: IssueContent) =>
  visibleText({ ...content, title: '' })
    .split(/[\n。！？!?]|\.\s/)
    .map((sentence) => sentence.replace(/\s+/g, ''))
    .filter(Boolean);
