import type { IssuePage } from '../../issues/issue-pages.ts';
import { html } from '../../platform/html.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { type Page, pageHref, type Site, signUpHref } from '../page-layout.ts';
import { languageLinks } from './about-page.ts';
import { issueList } from './issue-list.ts';

/** `query`: what was searched for, or empty; `before`: the end of the page above, where this is not the first. */
export type ArchiveRequest = { query: string; before?: string | undefined };

/** Every issue that readers have been sent, newest first, or those whose titles have the words that were searched for. */
export function archivePage({ origin }: Site, locale: ReaderLocale, { issues, next }: IssuePage, { query, before }: ArchiveRequest): Page {
  const { archive: says, layout } = pagesWords[locale];
  const here = { path: '/archive', query: { ...(query && { q: query }), ...(before && { before }) } };
  const further = next && { path: '/archive', query: { ...(query && { q: query }), before: next } };
  const lead = query ? (further ? says.searchedSoFar : says.nothingFound) : says.empty;
  return {
    locale,
    title: query ? says.found({ query }) : layout.archive,
    self: here,
    // A search is one reader's question, and not a page to be found by others.
    head: query
      ? html`<meta name="robots" content="noindex, follow">`
      : html`<link rel="canonical" href="${origin}${pageHref(here, locale)}">${!before && languageLinks(origin, '/archive')}`,
    main: html`<h1>${query ? says.found({ query }) : layout.archive}</h1>
<form class="search" role="search" method="get" action="/archive">
<input type="hidden" name="lang" value="${locale}">
<label for="q">${says.search}</label>
<div class="entry"><input type="search" id="q" name="q" value="${query}" maxlength="100" autocomplete="off"><button class="quiet" type="submit">${says.searchButton}</button></div>
</form>
${issues.length > 0 ? issueList(issues, locale, 'h2') : html`<p class="lead">${lead}${!query && html` <a href="${signUpHref(locale)}">${layout.signUp}</a>`}</p>`}
${further && html`<p class="then"><a rel="next" href="${pageHref(further, locale)}">${query ? says.searchOn : says.older}</a></p>`}
${(query || before) && html`<p class="then"><a href="${pageHref({ path: '/archive' }, locale)}">${says.all}</a></p>`}`,
  };
}
