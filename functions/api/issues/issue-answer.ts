import { isLookAlike } from '../../issues/find-look-alike.ts';
import type { Finding } from '../../issues/finding.ts';
import type { HistoryEntry, IssueContent, IssueMeta, IssueState } from '../../issues/issue.ts';
import type { Preflight } from '../../issues/preflight/preflight.ts';
import { type FindingAnswer, findingAnswer } from './finding-answer.ts';

/**
 * An issue's status. `published`: SES took a mail of its digest, so it is in the archive. `digest`: the one that took it, once one has;
 * `version` grows with every change.
 */
type Life = {
  state: IssueState;
  published: boolean;
  digest: string | null;
  version: number;
  scheduledFor: string | null;
  unlisted: boolean;
  topics: readonly string[];
  /** The file that a program says it came from. */
  source: string | null;
  /** SHA-256 of what was uploaded. */
  hash: string;
};

/** An issue as a list shows it. */
export type IssueSummary = Pick<IssueMeta, 'slug' | 'number' | 'title' | 'date' | 'language' | 'summary' | 'updatedAt'> & Life;

/** An issue whole: what its file says, its status, and what was found. */
export type IssueAnswer = Omit<IssueContent, 'unlisted' | 'topics' | 'warnings'> &
  Life & {
    warnings: FindingAnswer[];
    /** Newest first; only when one asks for the one issue. */
    history?: Omit<HistoryEntry, 'version'>[];
    preflight?: PreflightAnswer;
  };

export type PreflightAnswer = Pick<Preflight, 'bytes'> & { errors: FindingAnswer[]; warnings: FindingAnswer[] };

const lifeOf = ({ state, publishedAt, digestId, version, scheduledFor, unlisted, topics, source, sourceHash }: IssueMeta): Life => ({
  state,
  published: publishedAt !== undefined,
  digest: digestId ?? null,
  version,
  scheduledFor: scheduledFor ?? null,
  unlisted,
  topics,
  source: source ?? null,
  hash: sourceHash,
});

export function summaryOf(meta: IssueMeta): IssueSummary {
  const { slug, number, title, date, language, summary, updatedAt } = meta;
  return { slug, number, title, date, language, summary, ...lifeOf(meta), updatedAt };
}

export const preflightAnswer = ({ errors, warnings, bytes }: Preflight): PreflightAnswer => ({
  errors: errors.map(findingAnswer),
  warnings: warnings.map(findingAnswer),
  bytes,
});

/** What is not asked for in every answer. */
export type Beside = { history?: readonly HistoryEntry[]; preflight?: Preflight; now?: Date };

/** A draft whose file asks for more says so, as long as it is one. */
function askedFindings({ state }: IssueMeta, content: IssueContent, { preflight, now }: Beside): Finding[] {
  const { asked } = content;
  if (!asked || state !== 'draft') return [];
  const isPast = asked.state === 'scheduled' && now !== undefined && asked.at <= now.toISOString();
  const hasErrors = preflight !== undefined && preflight.errors.length > 0;
  const why = isPast ? 'past' : hasErrors ? 'errors' : isLookAlike(content) ? 'alike' : 'draft';
  return [{ code: 'asked_not_done', values: { state: asked.state, why } }];
}

export function issueAnswer(meta: IssueMeta, content: IssueContent, beside: Beside = {}): IssueAnswer {
  const { history, preflight } = beside;
  const { slug, number, title, date, language, summary, cover, intro, sections, closing, images, warnings } = content;
  const { subject, preheader, authors, replyTo, canonical, asked } = content;
  return {
    slug,
    number,
    title,
    date,
    language,
    summary,
    cover,
    ...(subject !== undefined && { subject }),
    ...(preheader !== undefined && { preheader }),
    ...(authors && { authors }),
    ...(replyTo !== undefined && { replyTo }),
    ...(canonical !== undefined && { canonical }),
    ...(asked && { asked }),
    ...lifeOf(meta),
    intro,
    sections,
    closing,
    images,
    warnings: [...askedFindings(meta, content, beside), ...warnings].map(findingAnswer),
    ...(preflight && { preflight: preflightAnswer(preflight) }),
    ...(history && { history: history.map(({ version: _version, ...entry }) => entry) }),
  };
}
