import { Html, html } from '../platform/html.ts';
import type { HttpResponse } from '../platform/http.ts';
import { type Locale, locales } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import { pageStyle, pageStyleHash } from './page-style.ts';

/** What every page says about the newsletter. `region` is where AWS keeps its data. */
export type Site = { settings: Settings; region: string };

export type Page = {
  status?: number;
  locale: Locale;
  title: string;
  main: Html;
  /** Where the language switch leads; the GET of a page may stand at another path than the POST whose answer this is. */
  self: { path: string; token?: string };
  /** Opened by a token, or answering one request: no cache, no search engine, no robot keeps it. */
  personal?: boolean;
  /** For whoever has the address: no search engine keeps it. */
  unlisted?: boolean;
  /** Whether pictures from other hosts may load. */
  pictures?: boolean;
  /** The front page has the newsletter's name in large letters and needs no small one above it. */
  cover?: boolean;
  /** Goes into the head as it is. */
  head?: Html;
};

const words = {
  'zh-CN': { skip: '跳到正文', languages: '语言', privacy: '隐私声明', contact: '联系我们', signUp: '订阅', archive: '往期' },
  en: {
    skip: 'Skip to content',
    languages: 'Language',
    privacy: 'Privacy notice',
    contact: 'Contact',
    signUp: 'Subscribe',
    archive: 'Past issues',
  },
} as const satisfies Record<Locale, object>;

const languageNames: Record<Locale, string> = { 'zh-CN': '中文', en: 'English' };

/** The address of a page of ours in a language. */
export const pageHref = ({ path, token }: Page['self'], locale: Locale) =>
  `${path}?${new URLSearchParams({ ...(token !== undefined && { t: token }), lang: locale })}`;

export const signUpHref = (locale: Locale) => pageHref({ path: '/' }, locale);

/** The publisher's own words, marked where the page is in another language than theirs. */
export const inOwnLanguage = ({ settings }: Site, locale: Locale) => settings.locale !== locale && html` lang="${settings.locale}"`;

/** A whole page with its headers: no script, one style, nothing from elsewhere. */
export function pageResponse(site: Site, page: Page): HttpResponse {
  const { settings } = site;
  const { locale, title, personal = false, unlisted = false, pictures = false } = page;
  const { newsletterName } = settings;
  const says = words[locale];
  const own = inOwnLanguage(site, locale);
  const link = (path: string, text: string) => html`<a href="${pageHref({ path }, locale)}">${text}</a>`;
  const markup = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === newsletterName ? title : `${title} · ${newsletterName}`}</title>
<meta name="referrer" content="no-referrer">
${(personal || unlisted) && new Html('<meta name="robots" content="noindex, nofollow">')}${page.head}
<style>${new Html(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#main">${says.skip}</a>
<header><div class="masthead"><p${!page.cover && own}>${page.cover ? link('/archive', says.archive) : link('/', newsletterName)}</p>
<nav aria-label="${says.languages}"><ul class="languages">${locales.map(
    (other) =>
      html`<li><a href="${pageHref(page.self, other)}" lang="${other}" hreflang="${other}"${other === locale && new Html(' aria-current="true"')}>${languageNames[other]}</a></li>`,
  )}</ul></nav></div></header>
<main id="main"><div>
${page.main}
</div></main>
<footer><div>
<p${own}>${settings.legalName} · ${settings.postalAddress}</p>
<ul><li>${link('/', says.signUp)}</li><li>${link('/archive', says.archive)}</li><li><a href="mailto:${settings.contact}">${says.contact}</a></li><li><a href="${settings.privacyNotice}">${says.privacy}</a></li></ul>
</div></footer>
</body>
</html>
`;
  return { status: page.status ?? 200, headers: headersOf(locale, { personal, unlisted, pictures }), body: markup.toString() };
}

/** Safe for every answer, page or not. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
};

const headersOf = (locale: Locale, { personal, unlisted, pictures }: { personal: boolean; unlisted: boolean; pictures: boolean }) => ({
  ...securityHeaders,
  'content-type': 'text/html; charset=utf-8',
  'content-language': locale,
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${pageStyleHash}`,
    ...(pictures ? ["img-src 'self' https:"] : []),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  vary: 'accept, accept-language',
  'cache-control': personal ? 'no-store' : 'no-cache',
  ...((personal || unlisted) && { 'x-robots-tag': 'noindex, nofollow' }),
});
