import { longDate, wordsIn } from '../../../emails/words.ts';
import type { Block, IssueContent, Item, Section } from '../../issues/issue.ts';
import { Html, html } from '../../platform/html.ts';

/** An issue as a part of a page, in its own language; `level` is that of its title, `anchor` where a list leads. */
export function issueArticle(issue: IssueContent, level: 1 | 2, anchor: string): Html {
  const { title, number, date, language } = issue;
  return html`<article class="issue" lang="${language}">
<p class="kicker"><time datetime="${date}">${longDate(date, language)}</time>${number !== null && html` · ${issueNumber(number, language)}`}</p>
${heading(level, html`${title}`, anchor)}
${issueText(issue, level + 1)}
</article>`;
}

/** What an issue says below its title; `level` is that of its sections. */
export function issueText(issue: IssueContent, level: number): Html {
  const { intro, sections, closing } = issue;
  return html`${cover(issue)}${blocks(intro)}
${sections.map((section) => sectionHtml(section, level))}
${closing.length > 0 && html`<div class="closing">${blocks(closing)}</div>`}`;
}

/** An issue that a page has no room for: its title and summary, and where to read on. */
export const shortArticle = ({ title, language, summary }: IssueContent, anchor: string, readOn: Html) =>
  html`<article class="issue"><div lang="${language}">${heading(2, html`${title}`, anchor)}${summary && html`<p>${summary}</p>`}</div>${readOn}</article>`;

/** `第 12 期`, `No. 12`: in the words of the issue's language. */
export const issueNumber = (number: number, language: string) =>
  wordsIn(language)
    .issueNumber.replace(/\[\[|\]\]/g, '')
    .replace('{{number}}', String(number));

const sectionHtml = ({ title, url, blocks: own, items }: Section, level: number) =>
  html`<section>${title && heading(level, linked(title, url ?? null))}
${blocks(own)}
${items.map((item) => itemHtml(item, level + 1))}</section>`;

/** An item without a title begins with its text; its number, if the source had one, stands in that text. */
function itemHtml({ number, title, url, blocks: own }: Item, level: number) {
  const numeral = number !== null && html`<span class="n">${number}</span> `;
  return html`<div class="item">${title && heading(level, html`${numeral}${linked(title, url)}`)}
${blocks(own)}</div>`;
}

const linked = (text: string, url: string | null) => (url && /^https?:/i.test(url) ? html`<a href="${url}">${text}</a>` : html`${text}`);

function heading(level: number, inside: Html, anchor = '') {
  const name = new Html(`h${level}`);
  return html`<${name}${anchor && html` id="${anchor}"`}>${inside}</${name}>`;
}

/** The cover picture, but not above an issue that opens with a picture of its own. */
function cover({ cover: url, intro, images }: IssueContent) {
  if (!url || intro.slice(0, 2).some((block) => /<img\b/i.test(block.html))) return false;
  return html`<p><img src="${url}" alt="${images.find((image) => image.url === url)?.alt ?? ''}"></p>`;
}

/** Their HTML was sanitised when the file was read. Headings inside a text stand below those around it. */
const blocks = (all: readonly Block[]) => all.map((block) => new Html(block.html.replace(/<(\/?)h[1-6]\b/gi, '<$1h5')));
