import { Html, html } from '../platform/html.ts';
import type { HttpResponse } from '../platform/http.ts';
import type { Settings } from '../settings/settings.ts';
import { languages, newsletterWords, pagesWords } from '../words/languages.ts';
import { directionOf, type ReaderLocale, readerLocales } from '../words/locale.ts';
import { pageStyle, pageStyleHash } from './page-style.ts';

/** What every page says about the newsletter. `origin`: where its pages live; `region`: where AWS keeps its data. */
export type Site = {
  origin: string;
  settings: Settings;
  region: string;
  /** Goes into every sign-up form and says when it was made; `cached`: for a page that caches keep. */
  formStamp: (options?: { cached: boolean }) => string;
};

export type Page = {
  status?: number;
  locale: ReaderLocale;
  title: string;
  main: Html;
  /** Where the language switch leads; the GET of a page may be at another path than the POST whose answer this is. */
  self: { path: string; token?: string; query?: Record<string, string> };
  /** Opened by a token, or answering one request: no cache, no search engine, no robot keeps it. */
  personal?: boolean;
  /** Everybody who has its address can read it, and no search engine lists it. */
  hidden?: boolean;
  /** Whether pictures from other hosts may load. */
  pictures?: boolean;
  /** The address of the one script that a page runs, if it runs any. */
  script?: string;
  /** Shown in a frame on another site: without head and foot, and only there where the settings allow it. */
  framed?: boolean;
  /** The front page has the newsletter's name in large letters and needs no small one above it. */
  cover?: boolean;
  /** Goes into the head as it is. */
  head?: Html;
};

/**
 * The address of a page of this site in a language. The path of a request may come from a stranger's link: with two slashes at its
 * beginning, or a backslash, which browsers take for one, it would name another host.
 */
export const pageHref = ({ path, token, query }: Page['self'], locale: ReaderLocale) =>
  `${path.replace(/^[/\\]+/, '/')}?${new URLSearchParams({ ...(token !== undefined && { t: token }), ...query, lang: locale })}`;

export const signUpHref = (locale: ReaderLocale) => pageHref({ path: '/' }, locale);

/** The publisher's own words, marked where the page is in another language than theirs. */
export const inOwnLanguage = ({ settings }: Site, locale: ReaderLocale) => settings.locale !== locale && html` lang="${settings.locale}"`;

/** In a frame, links open a window of their own, but for those that say so. */
export const inFrame = html` target="_self"`;

/** A whole page with its headers: one style, no script but where a page says so, nothing from elsewhere. */
export function pageResponse(site: Site, page: Page): HttpResponse {
  const { settings } = site;
  const { locale, title, personal = false, hidden = false, framed = false } = page;
  const { newsletterName } = settings;
  const says = pagesWords[locale].layout;
  const { contact, privacy } = newsletterWords[locale];
  const own = inOwnLanguage(site, locale);
  const link = (path: string, text: string) => html`<a href="${pageHref({ path }, locale)}">${text}</a>`;
  const markup = html`<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === newsletterName ? title : `${title} · ${newsletterName}`}</title>
<meta name="referrer" content="no-referrer">
${framed && new Html('<base target="_blank">')}${personal ? new Html('<meta name="robots" content="noindex, nofollow">') : feedLinks(newsletterName)}${hidden && new Html('<meta name="robots" content="noindex">')}
${page.head}${page.script && html`<script type="module" src="${page.script}"></script>`}
<style>${new Html(pageStyle)}</style>
</head>
<body${framed && new Html(' class="framed"')}>
${!framed && html`<a class="skip" href="#main">${says.skip}</a>`}
<header><div class="masthead">${!framed && html`<p${!page.cover && own}>${page.cover ? link('/archive', says.archive) : link('/', newsletterName)}</p>`}
<nav aria-label="${says.languages}"><ul class="languages">${readerLocales.map(
    (other) =>
      html`<li><a href="${pageHref(page.self, other)}"${framed && inFrame} lang="${other}" hreflang="${other}"${other === locale && new Html(' aria-current="true"')}>${languages[other].shortName}</a></li>`,
  )}</ul></nav></div></header>
<main id="main"><div>
${page.main}
</div></main>
${
  !framed &&
  html`<footer><div>
<p${own}>${settings.legalName} · ${settings.postalAddress}</p>
<ul><li>${link('/', says.signUp)}</li><li>${link('/archive', says.archive)}</li><li><a href="/feed.xml">RSS</a></li><li><a href="mailto:${settings.contact}">${contact}</a></li><li><a href="${settings.privacyNotice}">${privacy}</a></li></ul>
</div></footer>`
}
</body>
</html>
`;
  return {
    status: page.status ?? 200,
    headers: headersOf(page, settings),
    body: markup.toString(),
  };
}

/** Where feed readers look for the feeds. */
const feedLinks = (newsletterName: string) =>
  html`<link rel="alternate" type="application/rss+xml" title="${newsletterName}" href="/feed.xml"><link rel="alternate" type="application/atom+xml" title="${newsletterName} (Atom)" href="/atom.xml"><link rel="alternate" type="application/feed+json" title="${newsletterName} (JSON)" href="/feed.json">`;

/** Safe for every answer, page or not. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
};

const headersOf = ({ locale, personal, hidden, pictures, script, framed }: Page, { formOrigins }: Pick<Settings, 'formOrigins'>) => ({
  ...securityHeaders,
  'content-type': 'text/html; charset=utf-8',
  'content-language': locale,
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${pageStyleHash}`,
    ...(script ? ["script-src 'self'"] : []),
    ...(pictures ? ["img-src 'self' https:"] : []),
    // A form may end with a redirect to the site that it was on, which Chromium holds to this as well.
    ["form-action 'self'", ...formOrigins].join(' '),
    framed && formOrigins.length > 0 ? `frame-ancestors ${formOrigins.join(' ')}` : "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  vary: 'accept, accept-language',
  'cache-control': personal ? 'no-store' : 'no-cache',
  ...(hidden && { 'x-robots-tag': 'noindex' }),
  ...(personal && { 'x-robots-tag': 'noindex, nofollow' }),
});
