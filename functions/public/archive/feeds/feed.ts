import { wordsIn } from '../../../../emails/words.ts';
import type { IssueMeta } from '../../../issues/issue.ts';
import type { IssueStore } from '../../../issues/issue-store.ts';
import { closedDirection } from '../../../platform/closed-direction.ts';
import { Html, html } from '../../../platform/html.ts';
import type { Site } from '../../page-layout.ts';
import { descriptionOf, pictureOf } from '../about-page.ts';
import { absoluteHtml } from '../absolute-html.ts';
import { issueText } from '../issue-article.ts';
import { issuePath } from '../issue-list.ts';
import type { PublicIssue } from '../public-issue.ts';
import { withinBudget } from '../within-budget.ts';

/** An issue as feed readers keep it: by its address, with all of its text. Times are ISO. */
type FeedEntry = {
  url: string;
  title: string;
  authors: readonly string[];
  summary: string;
  language: string;
  publishedAt: string;
  updatedAt: string;
  picture: string | undefined;
  text: Html;
};

/** What the three formats say alike. `updatedAt`: the latest change of what is in it. */
export type Feed = { site: Site; updatedAt: string; entries: FeedEntry[] };

const entriesInFeed = 20;
/** Of a feed that has nothing in it yet: the same at every request. */
const beginning = '1970-01-01T00:00:00.000Z';

type FeedServices = { site: Site; issues: Pick<IssueStore, 'archived' | 'content'> };

/** The newest issues in full, as they are now. */
export async function readFeed({ site, issues }: FeedServices): Promise<Feed> {
  const { issues: metas } = await issues.archived({ limit: entriesInFeed });
  const read = await Promise.all(metas.map(async (meta) => ({ meta, content: await issues.content(meta.slug, meta.contentHash) })));
  const found = read.filter((issue): issue is PublicIssue => issue.content !== undefined);
  const texts = withinBudget(
    found,
    ({ content }) => new Html(absoluteHtml(issueText(content, 2).markup, site.origin)),
    ({ content }) =>
      html`<p>${descriptionOf(content)}</p><p><a href="${site.origin}${issuePath(content.slug)}">${wordsIn(content.language).readInFull}</a></p>`,
  );
  const entries = found.map((issue, n) => entryOf(site, issue, texts[n] ?? html``));
  return { site, updatedAt: entries.map(({ updatedAt }) => updatedAt).reduce(later, beginning), entries };
}

function entryOf({ origin }: Site, { meta, content }: PublicIssue, text: Html): FeedEntry {
  const publishedAt = meta.publishedAt ?? meta.createdAt;
  const { title, language, authors = [] } = content;
  return {
    url: `${origin}${issuePath(content.slug)}`,
    summary: closedDirection(descriptionOf(content)),
    title,
    authors,
    language,
    publishedAt,
    text,
    updatedAt: changedAt(meta),
    picture: pictureOf(content, origin),
  };
}

/** When what readers see of an issue last changed. */
export const changedAt = ({ publishedAt = '', updatedAt }: IssueMeta) => later(publishedAt, updatedAt);

const later = (a: string, b: string) => (a > b ? a : b);
