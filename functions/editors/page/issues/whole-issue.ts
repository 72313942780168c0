import type { IssueAnswer } from '../../issue-answer.ts';

export type IssuePicture = IssueAnswer['images'][number] & {
  width?: number | undefined;
  height?: number | undefined;
  reason?: string | undefined;
};

/** An issue as its own page knows it. */
export type WholeIssue = Omit<IssueAnswer, 'images'> & { images: IssuePicture[] };

export type HistoryEntry = NonNullable<IssueAnswer['history']>[number];
