import type { HistoryEntry, IssueContent, IssueMeta, IssueState } from '../issues/issue.ts';
import type { Preflight } from '../issues/preflight/preflight.ts';

/** Where an issue stands. `digest`: the one that took it, once one has; `version` grows with every change. */
type Life = {
  state: IssueState;
  digest: string | null;
  version: number;
  scheduledFor: string | null;
  unlisted: boolean;
  topics: readonly string[];
};

/** An issue as a list shows it. */
export type IssueSummary = Pick<IssueMeta, 'slug' | 'number' | 'title' | 'date' | 'language' | 'summary' | 'updatedAt'> & Life;

/** An issue whole: what its file says, where it stands, and what stands against it. */
export type IssueAnswer = Omit<IssueContent, 'unlisted' | 'topics'> &
  Life & {
    /** Newest first; only when one asks for the one issue. */
    history?: Omit<HistoryEntry, 'version'>[];
    preflight?: Preflight;
  };

const lifeOf = ({ state, digestId, version, scheduledFor, unlisted, topics }: IssueMeta): Life => ({
  state,
  digest: digestId ?? null,
  version,
  scheduledFor: scheduledFor ?? null,
  unlisted,
  topics,
});

export function summaryOf(meta: IssueMeta): IssueSummary {
  const { slug, number, title, date, language, summary, updatedAt } = meta;
  return { slug, number, title, date, language, summary, ...lifeOf(meta), updatedAt };
}

/** What is not asked for in every answer. */
export type Beside = { history?: readonly HistoryEntry[]; preflight?: Preflight };

export function issueAnswer(meta: IssueMeta, content: IssueContent, { history, preflight }: Beside = {}): IssueAnswer {
  const { slug, number, title, date, language, summary, cover, intro, sections, closing, images, warnings } = content;
  return {
    ...{ slug, number, title, date, language, summary, cover, ...lifeOf(meta), intro, sections, closing, images, warnings },
    ...(preflight && { preflight }),
    ...(history && { history: history.map(({ version: _version, ...entry }) => entry) }),
  };
}
