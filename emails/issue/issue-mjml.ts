import type { Block, IssueContent, Item, Section } from '../../functions/issues/issue.ts';
import { escapeHtml } from '../../functions/platform/html.ts';
import { directionOf, readerLocaleOf, sidesOf } from '../../functions/words/locale.ts';
import { component, type Look } from '../compile-email.ts';
import { framePlaceholder, withoutControls } from '../fill-email.ts';
import { fontStacks } from '../fonts.ts';
import { type Palette, palette } from '../palette.ts';
import { longDate, wordsIn } from '../words.ts';
import { bylineOf, closingOf, itemLabel } from './issue-parts.ts';
import { headerPicture } from './lead-picture.ts';
import { type BlockContext, blockHtml } from './mail-block-html.ts';

export type IssuePlace = {
  /** Where its pages live, e.g. `https://news.example.org`. */
  origin: string;
  /** `issue` when the email is this issue, `part` when it is one of several in it. */
  as: 'issue' | 'part';
  /** Its place in the email, from 1: keeps anchors apart. */
  position: number;
  /** Whether a list of its sections may be at its head. */
  contents: boolean;
  /** The brand's colours; without them those that ship. */
  palette?: Palette | undefined;
  /** The language of the mail, if that is not the issue's own. */
  mailLanguage?: string | undefined;
};

/**
 * The frame of an issue as MJML, with a placeholder for each text. What is long is filled in after the frame is
 * compiled: MJML takes a millisecond a section, and what a text weighs in the mail is known before it is there.
 */
export function issueFrame(issue: IssueContent, place: IssuePlace): string {
  const { look, name } = writingOf(issue, place);
  const open = (part: Part) => framePlaceholder(name(part));
  return [
    component(place.as === 'issue' ? 'title' : 'issue-title', look, { text: open('title') }),
    hasContents(issue, place) ? component('contents', look, { ...contentsLabel(issue), entries: open('contents') }) : '',
    issue.sections.length > 0 ? component('sections', look, { text: open('sections') }) : '',
    closingOf(issue).length > 0 ? component('closing', look, { blocks: open('closing') }) : '',
  ].join('');
}

/** What goes into the places of an issue's frame: HTML by the placeholders' names. */
export function issueTexts(issue: IssueContent, place: IssuePlace): Record<string, string> {
  const writing = writingOf(issue, place);
  return {
    [writing.name('title')]: turned(title(writing), writing),
    [writing.name('contents')]: hasContents(issue, place) ? sectionEntries(writing) : '',
    [writing.name('sections')]: turned(issue.sections.map((section, n) => sectionHtml(section, n, writing)).join(''), writing),
    [writing.name('closing')]: turned(blocksHtml(closingOf(issue), writing.context), writing),
  };
}

/** An issue that is written the other way than the mail around it says so. */
function turned(html: string, { issue: { language }, place: { mailLanguage = language } }: Writing) {
  const direction = directionOf(language);
  if (html === '' || direction === directionOf(mailLanguage)) return html;
  return `<div dir="${direction}" style="text-align:${sidesOf(language).start}">${html}</div>`;
}

/** Weighs blocks of an issue: their bytes in its mail. */
export function blockBytes(issue: IssueContent, place: IssuePlace) {
  const { context } = writingOf(issue, place);
  return (blocks: readonly Block[]) => Buffer.byteLength(blocksHtml(blocks, context));
}

type Part = 'title' | 'contents' | 'sections' | 'closing';

type Writing = {
  issue: IssueContent;
  place: IssuePlace;
  look: Look;
  context: BlockContext;
  /** Of a section's heading: a part's title is one level below the email's own. */
  level: number;
  /** What the placeholder of a part is called. */
  name: (part: Part) => string;
};

/** How blocks of a text in this language are written at a place. */
export function blockContext({ language }: Pick<IssueContent, 'language'>, place: IssuePlace): { level: number; context: BlockContext } {
  const level = place.as === 'issue' ? 2 : 3;
  const fonts = fontStacks(language);
  const context = {
    origin: place.origin,
    idPrefix: `i${place.position}-`,
    headingLevel: level + 2,
    mono: fonts.mono,
    emphasis: fonts.emphasis,
    direction: directionOf(language),
    colours: place.palette?.light,
  };
  return { level, context };
}

function writingOf(issue: IssueContent, place: IssuePlace): Writing {
  const { level, context } = blockContext(issue, place);
  const look = { language: issue.language, palette: place.palette };
  return { issue, place, look, context, level, name: (part) => `issue${place.position}_${part}` };
}

/** So many sections have a line each; more would be screens of contents before the first word. */
const mostLines = 12;

/** The sections of an issue with the number of their items; many sections as a run of their titles. */
function sectionEntries({ issue, look, ...writing }: Writing): string {
  const sections = titledSections(issue).map(({ section, n }) => ({ section, anchor: anchorOf(n, writing) }));
  if (sections.length <= mostLines)
    return sections
      .map(({ section, anchor }) => contentsEntry(look, { anchor, title: section.title, note: itemCount(section, issue) }))
      .join('');
  const links = sections.map(({ section, anchor }) => component('contents-link', look, { anchor, title: withoutControls(section.title) }));
  return component('contents-run', look, { links: links.join('&nbsp;· ') });
}

/** In the issue's language, or in the reader's where that one is not registered: a third helps nobody. */
const contentsLabel = ({ language }: IssueContent) =>
  readerLocaleOf(language)
    ? { label: wordsIn(language).contents, labelLanguage: '' }
    : { label: framePlaceholder('contentsWords'), labelLanguage: framePlaceholder('contentsLanguage') };

/** The list at the head of an email of several issues, each with a link to where it begins. */
export const issuesContents = (issues: readonly IssueContent[], look: Look) =>
  component('contents', look, {
    label: framePlaceholder('contentsWords'),
    labelLanguage: framePlaceholder('contentsLanguage'),
    entries: issues
      .map(({ title, summary }, n) => contentsEntry(look, { anchor: `i${n + 1}`, number: String(n + 1), title, summary }))
      .join(''),
  });

const contentsEntry = (
  look: Look,
  {
    anchor,
    title,
    number = '',
    note = '',
    summary = '',
  }: { anchor: string; title: string; number?: string; note?: string; summary?: string },
) => {
  const [left, right] = ['6px 12px 6px 0', '6px 0 6px 12px'];
  const isLeftwards = directionOf(look.language) === 'rtl';
  return component('contents-entry', look, {
    anchor,
    number,
    title: withoutControls(title),
    note,
    before: isLeftwards ? right : left,
    beside: isLeftwards ? left : right,
    summary: withoutControls(summary),
  });
};

function title({ issue, place, look, context }: Writing) {
  const picture = headerPicture(issue);
  const intro = (picture ? blockHtml(`<p>${picture}</p>`, context) : '') + blocksHtml(issue.intro, context);
  const words = withoutControls(issue.title);
  const byline = bylineOf(issue);
  if (place.as === 'issue') return titleText(look, { title: words, byline, intro });
  return component('issue-title-text', look, {
    title: words,
    intro,
    anchor: `i${place.position}`,
    url: `${place.origin}/archive/${issue.slug}`,
    number: numberOf(issue),
    date: longDate(issue.date, issue.language),
    byline,
  });
}

/** The heading of a mail, with what is above and below it. */
export const titleText = (
  look: Look,
  { title, picture = '', byline = '', intro = '' }: { title: string; picture?: string; byline?: string; intro?: string },
) => component('title-text', look, { title, picture, byline, intro, below: byline ? '6px' : '20px' });

/** "第 12 期", or nothing; where the issue's language is not registered, in that of its reader if one is known. */
export const numberOf = ({ number, language }: Pick<IssueContent, 'number' | 'language'>, locale = language) =>
  number === null ? '' : wordsIn(readerLocaleOf(language) ? language : locale).issueNumber(number);

const hasContents = (issue: IssueContent, { as, contents }: IssuePlace) => as === 'issue' && contents && titledSections(issue).length > 1;

const titledSections = ({ sections }: IssueContent) => sections.flatMap((section, n) => (section.title === '' ? [] : [{ section, n }]));

const anchorOf = (n: number, { place }: Pick<Writing, 'place'>) => `i${place.position}-s${n + 1}`;

function sectionHtml(section: Section, n: number, writing: Writing) {
  const { issue, place, look, context, level } = writing;
  const heading =
    section.title === ''
      ? n > 0 && gap
      : component('section-heading', look, {
          level: `h${level}`,
          anchor: anchorOf(n, writing),
          above: n === 0 ? '0' : '46px',
          ...(place.as === 'issue' ? { rule: '2px', size: '22px' } : { rule: '1px', size: '19px' }),
          title: linked(section.title, section.url, writing),
          note: itemCount(section, issue),
        });
  const items = section.items.map((item, m) => itemHtml(item, m === 0 && section.blocks.length === 0, writing)).join('');
  return (heading || '') + blocksHtml(section.blocks, context) + items;
}

/** Between two sections of which the second has no heading. */
const gap = '<div style="height:30px;line-height:30px;font-size:1px">&nbsp;</div>';

/** A bare number where the issue's language is not registered. */
function itemCount({ items }: Section, { language }: IssueContent): string {
  if (items.length < 2) return '';
  return readerLocaleOf(language) ? wordsIn(language).itemCount(items.length) : String(items.length);
}

// The line between two items is the upper edge of the second: a divider of MJML's own is half a kilobyte each.
const edgeIn = ({ place }: Pick<Writing, 'place'>) => `border-top:1px solid ${(place.palette ?? palette).light.line}`;

function itemHtml(item: Item, first: boolean, writing: Writing) {
  const { title, url, blocks } = item;
  const { look, context, level } = writing;
  const body = blocksHtml(blocks, context);
  const words = withoutControls(title ?? '');
  const edge = edgeIn(writing);
  if (words === '') return first ? body : `<div style="margin:26px 0 22px;${edge};font-size:1px;line-height:1px">&nbsp;</div>${body}`;
  const style = first ? 'margin:0 0 10px' : `margin:26px 0 10px;padding:22px 0 0;${edge}`;
  return (
    component('item-heading', look, {
      level: `h${level + 1}`,
      style,
      number: itemLabel(item),
      title: linked(words, url, writing),
    }) + body
  );
}

const linked = (words: string, url: string | null | undefined, { place }: Writing) => {
  const text = escapeHtml(withoutControls(words));
  return url && /^https?:/i.test(url)
    ? `<a href="${escapeHtml(url)}" style="color:${(place.palette ?? palette).light.ink}">${text}</a>`
    : text;
};

const blocksHtml = (blocks: readonly Block[], context: BlockContext) => blocks.map(({ html }) => blockHtml(html, context)).join('');
