import { longDate } from '../../emails/words.ts';
import type { Digest } from '../digests/digest.ts';
import type { IssueContent, IssueMeta } from '../issues/issue.ts';
import type { IssuePage } from '../issues/issue-pages.ts';
import type { Html } from '../platform/html.ts';
import { html } from '../platform/html.ts';
import type { Locale } from '../platform/locale.ts';
import { issueArticle, issueNumber } from './issue-article.ts';
import { type Page, pageHref, type Site, signUpHref } from './page-layout.ts';

const words = {
  'zh-CN': {
    archive: '往期',
    empty: '第一期还没有寄出。现在订阅，就不会错过。',
    older: '更早的',
    all: '全部往期',
    invite: (name: string) => `《${name}》每期寄到邮箱。`,
    signUp: '订阅',
    pieces: (count: number) => `本期共 ${count} 篇`,
    read: '最近几期',
  },
  en: {
    archive: 'Past issues',
    empty: 'The first issue is still to come. Subscribe now, and you will not miss it.',
    older: 'Older issues',
    all: 'All past issues',
    invite: (name: string) => `${name} comes by email. `,
    signUp: 'Subscribe',
    pieces: (count: number) => `${count} pieces in this issue`,
    read: 'Recent issues',
  },
} as const satisfies Record<Locale, object>;

const issueHref = (slug: string, locale: Locale) => pageHref({ path: `/archive/${slug}` }, locale);

/** Every issue that readers have been sent, newest first. */
export function archivePage(locale: Locale, { issues, next }: IssuePage): Page {
  const says = words[locale];
  const older =
    next &&
    html`<p class="then"><a rel="next" href="/archive?${String(new URLSearchParams({ before: next, lang: locale }))}">${says.older}</a></p>`;
  return {
    locale,
    title: says.archive,
    self: { path: '/archive' },
    main: html`<h1>${says.archive}</h1>
${issues.length > 0 ? issueList(issues, locale, 'h2') : html`<p class="lead">${says.empty} <a href="${signUpHref(locale)}">${says.signUp}</a></p>`}
${older}`,
  };
}

/** For the sign-up page: what one would get. */
export const recentIssues = (issues: readonly IssueMeta[], locale: Locale) =>
  issues.length > 0 &&
  html`<section class="recent" aria-labelledby="recent"><h2 id="recent">${words[locale].read}</h2>
${issueList(issues, locale, 'h3')}</section>`;

export function issuePage(site: Site, locale: Locale, issue: IssueContent): Page {
  const path = `/archive/${issue.slug}`;
  return {
    locale,
    title: issue.title,
    self: { path },
    pictures: true,
    head: aboutPage(path, issue.summary),
    main: html`${issueArticle(issue, 1, '')}
${afterReading(site, locale)}`,
  };
}

/** A digest of several issues: its contents, then each of them. */
export function digestPage(site: Site, locale: Locale, { id, scheduledFor }: Digest, issues: readonly IssueContent[]): Page {
  const says = words[locale];
  const path = `/archive/digests/${id}`;
  const localDate = new Intl.DateTimeFormat('sv-SE', { timeZone: site.settings.timeZone }).format(new Date(scheduledFor));
  const title = longDate(localDate, locale);
  return {
    locale,
    title,
    self: { path },
    pictures: true,
    head: aboutPage(path, issues.map((issue) => issue.title).join(' · ')),
    main: html`<h1>${title}</h1>
<nav class="contents" aria-label="${says.pieces(issues.length)}"><p class="kicker">${says.pieces(issues.length)}</p>
<ol>${issues.map(({ title, language }, n) => html`<li><a href="#i${n + 1}" lang="${language}">${title}</a></li>`)}</ol></nav>
${issues.map((issue, n) => issueArticle(issue, 2, `i${n + 1}`))}
${afterReading(site, locale)}`,
  };
}

const issueList = (issues: readonly IssueMeta[], locale: Locale, heading: 'h2' | 'h3') =>
  html`<ol class="issues">${issues.map(
    ({ slug, title, date, number, language, summary }) => html`<li>
<p class="kicker">${longDate(date, locale)}${number !== null && html` · <span lang="${language}">${issueNumber(number, language)}</span>`}</p>
${titled(heading, html`<a href="${issueHref(slug, locale)}" lang="${language}">${title}</a>`)}
${summary && html`<p lang="${language}">${summary}</p>`}</li>`,
  )}</ol>`;

const titled = (heading: 'h2' | 'h3', link: Html) => (heading === 'h2' ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`);

const afterReading = ({ settings }: Site, locale: Locale) => {
  const says = words[locale];
  return html`<aside class="then"><p>${says.invite(settings.newsletterName)}<a href="${signUpHref(locale)}">${says.signUp}</a></p>
<p><a href="${pageHref({ path: '/archive' }, locale)}">${says.all}</a></p></aside>`;
};

/** One address for all languages of the frame: what is read is the same. */
const aboutPage = (path: string, summary: string) =>
  html`<link rel="canonical" href="${path}">${summary && html`<meta name="description" content="${summary}">`}`;
