import { slugsBeside } from '../../issues/details/issue-slug.ts';
import type { IssueContent } from '../../issues/issue.ts';
import type { IssueStore } from '../../issues/issue-store.ts';

type Issues = { issues: Pick<IssueStore, 'get' | 'isGone' | 'content'> };

/**
 * The issue's slug; with its year where it comes from a number that an issue of another year has already: some newsletters begin to count
 * again each year. Only where both files name their date, since a file without one is of the day of its upload.
 */
export async function slugOfYear(content: IssueContent, { issues }: Issues): Promise<string> {
  const { slug, number, date } = content;
  const holder = number !== null && slug === `issue-${number}` && isDated(content) ? await issues.get(slug) : undefined;
  if (!holder || holder.number !== number || yearOf(holder.date) === yearOf(date)) return slug;
  const held = await issues.content(holder.slug, holder.contentHash);
  return held && isDated(held) ? `${slug}-${yearOf(date)}` : slug;
}

/** A slug that no issue has or had, for one whose own slug belongs to another. */
export async function freeSlug({ slug, date }: IssueContent, { issues }: Issues): Promise<string> {
  for (const other of slugsBeside(slug, date)) if (!(await issues.get(other)) && !(await issues.isGone(other))) return other;
  throw new Error(`All slugs beside ${slug} are taken.`);
}

/** Whether the file names its date: one without is of the day of its upload. */
export const isDated = ({ warnings }: Pick<IssueContent, 'warnings'>) =>
  warnings.every(({ code }) => code !== 'no_date' && code !== 'date_unreadable');
const yearOf = (date: string) => date.slice(0, 4);
