import { bylineOf, closingOf, itemLabel } from '../../../emails/issue/issue-parts.ts';
import { headerPicture } from '../../../emails/issue/lead-picture.ts';
import { longDate, wordsIn } from '../../../emails/words.ts';
import type { IssueContent, Item, Section } from '../../issues/issue.ts';
import { Html, html } from '../../platform/html.ts';
import { directionOf } from '../../words/locale.ts';
import { blocksBelow } from './blocks-below.ts';

/** An issue as a part of a page, in its own language; `level` is that of its title, `anchor` where a list leads. */
export function issueArticle(issue: IssueContent, level: 1 | 2, anchor: string): Html {
  const { title, number, date, language, authors = [] } = issue;
  return html`<article class="issue"${inLanguage(language)}>
<p class="kicker"><time datetime="${date}">${longDate(date, language)}</time>${number !== null && html` · ${issueNumber(number, language)}`}${authors.length > 0 && html` · ${bylineOf(issue)}`}</p>
${heading('title', level, html`${title}`, anchor)}
${apart(anchor, reachable(issueText(issue, level + 1)))}
</article>`;
}

/** What an issue says below its title; `level` is that of its sections. */
export function issueText(issue: IssueContent, level: number): Html {
  const { intro, sections } = issue;
  const closing = closingOf(issue);
  return html`${cover(issue)}${blocksBelow(level - 1, intro)}
${sections.map((section) => sectionHtml(section, level))}
${closing.length > 0 && html`<div class="closing">${blocksBelow(level - 1, closing)}</div>`}`;
}

/** An issue that a page has no room for: its title and summary, and where to read on. */
export const shortArticle = ({ title, language, summary }: IssueContent, anchor: string, readOn: Html) =>
  html`<article class="issue"><div${inLanguage(language)}>${heading('title', 2, html`${title}`, anchor)}${summary && html`<p>${summary}</p>`}</div>${readOn}</article>`;

/** The language, and the way it is written where that is not the page's own. */
const inLanguage = (language: string) => html` lang="${language}"${directionOf(language) === 'rtl' && html` dir="rtl"`}`;

/** `第 12 期`, `No. 12`: in the words of the issue's language. */
export const issueNumber = (number: number, language: string) => wordsIn(language).issueNumber(number);

/** Items follow their section's title, or the issue's where the section has none: no level is passed over. */
function sectionHtml({ title, url, blocks, items }: Section, level: number) {
  const above = title ? level : level - 1;
  return html`<section>${title && heading('part', level, linked(title, url ?? null))}
${blocksBelow(above, blocks)}
${items.map((item) => itemHtml(item, above + 1))}</section>`;
}

/** An item without a title begins with its text; its number, if the source had one, is in that text. */
function itemHtml(item: Item, level: number) {
  const { title, url, blocks } = item;
  const label = itemLabel(item);
  const numeral = label && html`<span class="n">${label}</span> `;
  return html`<div class="item">${title && heading('item-title', level, html`${numeral}${linked(title, url)}`)}
${blocksBelow(title ? level : level - 1, blocks)}</div>`;
}

/** Footnotes of several issues in one page do not meet. */
const apart = (anchor: string, { markup }: Html) =>
  new Html(anchor === '' ? markup : markup.replace(/( (?:href="#|id="))(fn(?:ref)?-\d+")/g, `$1${anchor}-$2`));

const linked = (text: string, url: string | null) => (url && /^https?:/i.test(url) ? html`<a href="${url}">${text}</a>` : html`${text}`);

function heading(kind: 'title' | 'part' | 'item-title', level: number, inside: Html, anchor = '') {
  const name = new Html(`h${level}`);
  return html`<${name} class="${kind}"${anchor && html` id="${anchor}"`}>${inside}</${name}>`;
}

/** The cover picture, where the text has it in no place of its own. */
function cover(issue: IssueContent) {
  const picture = headerPicture(issue);
  return picture !== undefined && html`<p>${new Html(picture)}</p>`;
}

/** What may be wider than the column scrolls, also for a person with a keyboard alone; columns keep their alignment. */
const reachable = ({ markup }: Html) =>
  new Html(
    markup
      .replaceAll('<pre>', '<pre tabindex="0">')
      .replaceAll('<table>', '<div class="wide" tabindex="0"><table>')
      .replaceAll('</table>', '</table></div>')
      // The policy of our pages knows no style in an element, and the old attribute is no HTML any more.
      .replace(/(<t[dh]\b[^<>]*?) align="(right|center)"/g, '$1 class="$2"'),
  );
