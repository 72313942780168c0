import type { IssueAnswer } from '../../issue-answer.ts';

/** An issue as its own page knows it. */
export type WholeIssue = IssueAnswer;

export type IssuePicture = WholeIssue['images'][number];

export type HistoryEntry = NonNullable<WholeIssue['history']>[number];
