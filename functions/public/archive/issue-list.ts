import { longDate } from '../../../emails/words.ts';
import type { IssueMeta } from '../../issues/issue.ts';
import { type Html, html } from '../../platform/html.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { pageHref } from '../page-layout.ts';
import { issueNumber } from './issue-article.ts';

export const issuePath = (slug: string) => `/archive/${slug}`;

/** Issues as entries of a list: when, which number, the title to follow, what it is about. */
export const issueList = (issues: readonly IssueMeta[], locale: ReaderLocale, heading: 'h2' | 'h3') =>
  html`<ol class="issues">${issues.map(
    ({ slug, title, date, number, language, summary }) => html`<li>
<p class="kicker"><time datetime="${date}">${longDate(date, locale)}</time>${number !== null && html` · <span lang="${language}">${issueNumber(number, language)}</span>`}</p>
${titled(heading, html`<a href="${pageHref({ path: issuePath(slug) }, locale)}" lang="${language}">${title}</a>`)}
${summary && html`<p lang="${language}">${summary}</p>`}</li>`,
  )}</ol>`;

/** For the sign-up page: what one would get. */
export const recentIssues = (issues: readonly IssueMeta[], locale: ReaderLocale) =>
  issues.length > 0 &&
  html`<section class="recent" aria-labelledby="recent"><h2 id="recent">${pagesWords[locale].archive.recent}</h2>
${issueList(issues, locale, 'h3')}</section>`;

const titled = (heading: 'h2' | 'h3', link: Html) => (heading === 'h2' ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`);
