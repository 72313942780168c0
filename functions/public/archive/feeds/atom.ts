import { html } from '../../../platform/html.ts';
import type { Feed } from './feed.ts';
import { xmlDocument } from './xml-document.ts';

/** Atom (RFC 4287): every entry in full, in its own language. */
export const atom = ({ site: { origin, settings }, updatedAt, entries }: Feed) =>
  xmlDocument(html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${settings.locale}">
<id>${origin}/</id>
<title>${settings.newsletterName}</title>
${settings.description && html`<subtitle>${settings.description}</subtitle>`}
<updated>${updatedAt}</updated>
<author><name>${settings.legalName}</name><email>${settings.contact}</email></author>
<link rel="alternate" type="text/html" href="${origin}/archive"/>
<link rel="self" type="application/atom+xml" href="${origin}/atom.xml"/>
${entries.map(
  ({ url, title, authors, summary, language, publishedAt, updatedAt: changed, text }) => html`<entry xml:lang="${language}">
<id>${url}</id>
<title>${title}</title>
${authors.map((name) => html`<author><name>${name}</name></author>\n`)}<link rel="alternate" type="text/html" href="${url}"/>
<published>${publishedAt}</published>
<updated>${changed}</updated>
${summary && html`<summary>${summary}</summary>`}
<content type="html">${text.markup}</content>
</entry>
`,
)}</feed>
`);
