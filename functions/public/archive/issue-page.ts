import type { Digest } from '../../digests/digest.ts';
import type { IssueMeta } from '../../issues/issue.ts';
import { html } from '../../platform/html.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { inOwnLanguage, type Page, pageHref, type Site } from '../page-layout.ts';
import { aboutDigest, aboutIssue } from './about-page.ts';
import { blocksBelow } from './blocks-below.ts';
import { issueArticle, shortArticle } from './issue-article.ts';
import { issuePath } from './issue-list.ts';
import { digestPath, digestTitle, type Neighbours, neighbourLinks } from './neighbours.ts';
import type { PublicIssue, ShownIssue } from './public-issue.ts';
import { signUpBox } from './sign-up-box.ts';
import { withinBudget } from './within-budget.ts';

/** Whether editors took it out of lists, feeds and search engines. */
const isUnlisted = (meta: Pick<IssueMeta, 'unlisted'>) => meta.unlisted === true;

export function issuePage(site: Site, locale: ReaderLocale, issue: ShownIssue, neighbours: Neighbours): Page {
  const { meta, content } = issue;
  return {
    locale,
    title: content.title,
    self: { path: issuePath(content.slug) },
    pictures: true,
    hidden: isUnlisted(meta),
    head: aboutIssue(site, issue),
    main: html`${issueArticle(content, 1, '')}
${neighbourLinks(locale, neighbours)}
${signUpBox(site, locale)}`,
  };
}

/** A digest of several issues: its contents, then each of them. */
export function digestPage(
  site: Site,
  locale: ReaderLocale,
  digest: Digest,
  { issues, neighbours }: { issues: readonly PublicIssue[]; neighbours: Neighbours },
): Page {
  const says = pagesWords[locale].archive;
  const title = digestTitle(digest, site, locale);
  const { note = [] } = digest.planned ?? {};
  const readOn = ({ content }: PublicIssue) =>
    html`<p><a href="${pageHref({ path: issuePath(content.slug) }, locale)}">${says.readOn}</a></p>`;
  const articles = withinBudget(
    issues,
    ({ content }, n) => issueArticle(content, 2, `i${n + 1}`),
    (issue, n) => shortArticle(issue.content, `i${n + 1}`, readOn(issue)),
  );
  return {
    locale,
    title,
    self: { path: digestPath(digest.id) },
    pictures: true,
    hidden: issues.some(({ meta }) => isUnlisted(meta)),
    head: aboutDigest(site, digest.id, title, issues),
    main: html`<h1 class="day">${title}</h1>
${note.length > 0 && html`<div${inOwnLanguage(site, locale)}>${blocksBelow(1, note)}</div>`}
${
  issues.length > 1 &&
  html`<nav class="contents" aria-label="${says.pieces({ count: issues.length })}"><p class="kicker">${says.pieces({ count: issues.length })}</p>
<ol>${issues.map(({ content }, n) => html`<li><a href="#i${n + 1}" lang="${content.language}">${content.title}</a></li>`)}</ol></nav>`
}
${articles}
${neighbourLinks(locale, neighbours)}
${signUpBox(site, locale)}`,
  };
}
