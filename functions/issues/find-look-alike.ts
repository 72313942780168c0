import type { IssueContent, Warning } from './issue.ts';
import type { IssueStore } from './issue-store.ts';
import { visibleText } from './issue-text.ts';

type Issues = Pick<IssueStore, 'similarTo' | 'content'>;

/**
 * The warning about an issue that another one equals in number, or in date and most of its text: a slug that changed, or a
 * file that was exported anew. Undefined when there is none.
 */
export async function findLookAlike(content: IssueContent, issues: Issues): Promise<Warning | undefined> {
  for (const { slug, title, number, date, contentHash } of await issues.similarTo(content)) {
    if (slug === content.slug) continue;
    const looksLike = (why: string): Warning => ({
      code: 'looks_like',
      message: `this looks like “${title}” (${slug}), which ${why}; to replace that one, PUT /editors/issues/${slug}`,
    });
    if (number !== null && number === content.number) return looksLike(`has the same number ${number}`);
    const other = date === content.date ? await issues.content(slug, contentHash) : undefined;
    if (other && sharedText(content, other) > 0.5) return looksLike('has the same date and most of the same text');
  }
  return undefined;
}

/** How much of the one's text, by letters, stands in the other sentence by sentence: 0 to 1. */
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
