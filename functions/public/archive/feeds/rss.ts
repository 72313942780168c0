import { html } from '../../../platform/html.ts';
import type { Feed } from './feed.ts';
import { xmlDocument } from './xml-document.ts';

const rfc822 = (iso: string) => new Date(iso).toUTCString();

/** RSS 2.0 (rssboard.org/rss-specification) with the full text in `content:encoded`. */
export const rss = ({ site: { origin, settings }, updatedAt, entries }: Feed) =>
  xmlDocument(html`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${settings.newsletterName}</title>
<link>${origin}/</link>
<description>${settings.description || settings.newsletterName}</description>
<language>${settings.locale}</language>
<lastBuildDate>${rfc822(updatedAt)}</lastBuildDate>
<docs>https://www.rssboard.org/rss-specification</docs>
<ttl>60</ttl>
<atom:link href="${origin}/feed.xml" rel="self" type="application/rss+xml"/>
${entries.map(
  ({ url, title, authors, summary, language, publishedAt, text }) => html`<item>
<title>${title}</title>
<link>${url}</link>
<guid isPermaLink="true">${url}</guid>
<pubDate>${rfc822(publishedAt)}</pubDate>
${(authors.length > 0 ? authors : [settings.legalName]).map((name) => html`<dc:creator>${name}</dc:creator>`)}
<dc:language>${language}</dc:language>
${summary && html`<description>${html`${summary}`.markup}</description>`}
<content:encoded>${text.markup}</content:encoded>
</item>
`,
)}</channel>
</rss>
`);
