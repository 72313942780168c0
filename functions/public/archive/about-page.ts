import type { IssueContent } from '../../issues/issue.ts';
import { html } from '../../platform/html.ts';
import { type ReaderLocale, readerLocales } from '../../words/locale.ts';
import { pageHref, type Site } from '../page-layout.ts';
import { absoluteAddress } from './absolute-html.ts';
import { issuePath } from './issue-list.ts';
import type { PublicIssue, ShownIssue } from './public-issue.ts';

type About = {
  url: string;
  type: 'article' | 'website';
  title: string;
  description: string;
  language: string;
  picture?: string | undefined;
};

/**
 * What others are told about an issue's page: one address for all languages of the frame, since what is read is the same,
 * and what a link to it looks like elsewhere (the Open Graph protocol, ogp.me).
 */
export function aboutIssue({ origin, settings }: Site, { meta, content }: ShownIssue) {
  const { title, language, authors = [] } = content;
  const picture = pictureOf(content, origin);
  return html`${about(settings.newsletterName, {
    url: canonicalOf(content, origin),
    type: 'article',
    description: descriptionOf(content),
    title,
    language,
    picture,
  })}
${authors.length > 0 && html`<meta name="author" content="${authors.join(', ')}">`}${meta.publishedAt && html`<meta property="article:published_time" content="${meta.publishedAt}">`}<meta property="article:modified_time" content="${meta.updatedAt}">`;
}

/** Where it was published first, if its file says so; else its own page, one for all languages of the frame. */
const canonicalOf = ({ slug, canonical }: Pick<IssueContent, 'slug' | 'canonical'>, origin: string) =>
  canonical ?? `${origin}${issuePath(slug)}`;

/** The front page: one in each language. */
export const aboutSite = ({ origin, settings }: Site, locale: ReaderLocale) =>
  html`${about(settings.newsletterName, {
    url: `${origin}${pageHref({ path: '/' }, locale)}`,
    type: 'website',
    title: settings.newsletterName,
    description: settings.description,
    language: locale,
  })}${languageLinks(origin, '/')}`;

/** The same page in each language, for search engines. */
export const languageLinks = (origin: string, path: string) =>
  html`${readerLocales.map(
    (locale) => html`<link rel="alternate" hreflang="${locale}" href="${origin}${pageHref({ path }, locale)}">`,
  )}<link rel="alternate" hreflang="x-default" href="${origin}${path}">`;

/** A digest of one issue repeats that issue's page. */
export function aboutDigest({ origin, settings }: Site, id: string, title: string, issues: readonly PublicIssue[]) {
  const [only, ...more] = issues;
  return about(settings.newsletterName, {
    url: only && more.length === 0 ? canonicalOf(only.content, origin) : `${origin}/archive/digests/${id}`,
    type: 'article',
    title,
    description: issues.map(({ content }) => content.title).join(' · '),
    language: only?.content.language ?? settings.locale,
  });
}

function about(siteName: string, { url, type, title, description, language, picture }: About) {
  const tag = (property: string, content: string) => html`<meta property="${property}" content="${content}">`;
  return html`<link rel="canonical" href="${url}">
${description && html`<meta name="description" content="${description}">`}
${tag('og:type', type)}${tag('og:url', url)}${tag('og:site_name', siteName)}${tag('og:title', title)}${description && tag('og:description', description)}${tag('og:locale', language.replaceAll('-', '_'))}${picture && tag('og:image', picture)}
<meta name="twitter:card" content="${picture ? 'summary_large_image' : 'summary'}">`;
}

/** Its summary, or how its text begins. */
export function descriptionOf({ summary, intro, sections }: IssueContent) {
  if (summary) return summary;
  const blocks = [...intro, ...sections.flatMap((section) => [...section.blocks, ...section.items.flatMap((item) => item.blocks)])];
  const text = blocks.find(({ kind, text }) => kind === 'paragraph' && text.trim() !== '')?.text ?? '';
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length > 160 ? `${characters.slice(0, 159).join('')}…` : characters.join('');
}

/** Its cover, or the first picture in it, from where anybody may load it. */
export const pictureOf = ({ cover, images }: IssueContent, origin: string) =>
  [cover, ...images.map(({ url }) => url)]
    .flatMap((url) => absoluteAddress(url ?? '', origin) ?? [])
    .find((url) => url.startsWith('https:'));
