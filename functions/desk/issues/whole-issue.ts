import type { IssueAnswer } from '../../api/issues/issue-answer.ts';

/** An issue as its own page knows it. */
export type WholeIssue = IssueAnswer;

export type Section = WholeIssue['sections'][number];
export type Item = Section['items'][number];
export type Block = WholeIssue['intro'][number];
export type IssuePicture = WholeIssue['images'][number];
