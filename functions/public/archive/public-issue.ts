import type { IssueContent, IssueMeta } from '../../issues/issue.ts';

/** An issue that readers may see, as it is now. */
export type PublicIssue = { meta: IssueMeta; content: IssueContent };
