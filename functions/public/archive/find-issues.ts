import type { IssueMeta } from '../../issues/issue.ts';
import type { IssuePage, PageRequest } from '../../issues/issue-pages.ts';
import type { IssueStore } from '../../issues/issue-store.ts';

type Archive = Pick<IssueStore, 'archived'>;

/** How many issues one search looks at: some eight years of a weekly, 400 read units of DynamoDB. */
const mostLookedAt = 400;
const pageOfReading = 100;

/**
 * Public issues whose title (or number) has every word of the query, newest first. A Chinese query is one word and found
 * anywhere in the title. What a search may read is bounded: `next` says where to go on when there is more behind.
 */
export async function findIssues(query: string, { limit, before }: PageRequest, issues: Archive): Promise<IssuePage> {
  const words = folded(query).split(' ').filter(Boolean);
  const found: IssueMeta[] = [];
  let from = before;
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += pageOfReading) {
    const page = await issues.archived({ limit: pageOfReading, ...(from !== undefined && { before: from }) });
    for (const issue of page.issues) {
      if (!words.every((word) => folded(`${issue.title} ${issue.number ?? ''}`).includes(word))) continue;
      found.push(issue);
      if (found.length === limit) return { issues: found, next: `${issue.date}#${issue.slug}` };
    }
    if (page.next === undefined) return { issues: found };
    from = page.next;
  }
  return { issues: found, ...(from !== undefined && { next: from }) };
}

/** Full-width forms, capitals and runs of spaces make no difference. */
const folded = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
