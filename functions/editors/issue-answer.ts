import type { IssueContent, IssueMeta, IssueState } from '../issues/issue.ts';

/** An issue as a list shows it. `digest`: the one that took it, once one has. */
export type IssueSummary = Pick<IssueMeta, 'slug' | 'number' | 'title' | 'date' | 'language' | 'summary' | 'state' | 'updatedAt'> & {
  digest: string | null;
};

/** An issue whole: what its file says and where it stands. */
export type IssueAnswer = IssueContent & { state: IssueState; digest: string | null };

export const summaryOf = ({ slug, number, title, date, language, summary, state, digestId, updatedAt }: IssueMeta): IssueSummary => ({
  slug,
  number,
  title,
  date,
  language,
  summary,
  state,
  digest: digestId ?? null,
  updatedAt,
});

export function issueAnswer({ state, digestId }: IssueMeta, content: IssueContent): IssueAnswer {
  const { slug, number, title, date, language, summary, cover, intro, sections, closing, images, warnings } = content;
  const head = { slug, number, title, date, language, summary, cover, state, digest: digestId ?? null };
  return { ...head, intro, sections, closing, images, warnings };
}
