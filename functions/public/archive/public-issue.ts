import type { IssueContent, IssueMeta } from '../../issues/issue.ts';

/** What a page says of an issue, which need not be one yet. */
export type ShownIssue = { meta: Pick<IssueMeta, 'unlisted' | 'publishedAt' | 'updatedAt'>; content: IssueContent };

/** An issue that readers may see, as it is now. */
export type PublicIssue = { meta: IssueMeta; content: IssueContent };
