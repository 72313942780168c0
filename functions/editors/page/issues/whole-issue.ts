import type { IssueAnswer, IssueSummary } from '../../issue-answer.ts';
import type { Finding } from './finding.ts';

type Deed =
  | 'uploaded'
  | 'replaced'
  | 'queued'
  | 'unqueued'
  | 'scheduled'
  | 'unscheduled'
  | 'sent_now'
  | 'tested'
  | 'listed'
  | 'unlisted'
  | 'deleted'
  | 'overrode';

/** Who did what when, and about what in particular. */
export type HistoryEntry = { at: string; by: string; did: Deed; detail?: string | undefined };

export type Preflight = { errors: Finding[]; warnings: Finding[]; bytes: { html: number; budget: number } };

export type IssuePicture = IssueAnswer['images'][number] & { width?: number; height?: number; reason?: string };

/** An issue as its own page knows it. */
export type WholeIssue = Omit<IssueAnswer, 'images'> & {
  version?: number;
  scheduledFor?: string | null;
  unlisted?: boolean;
  history?: HistoryEntry[];
  preflight?: Preflight;
  images: IssuePicture[];
};

/** An issue as a list shows it. */
export type ListedIssue = IssueSummary & { version?: number; scheduledFor?: string | null; unlisted?: boolean };
