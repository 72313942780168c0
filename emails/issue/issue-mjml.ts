import type { Block, IssueContent, Item, Section } from '../../functions/issues/issue.ts';
import { escapeHtml } from '../../functions/platform/html.ts';
import { component, type Look } from '../compile-email.ts';
import { withoutControls } from '../fill-email.ts';
import { fillTemplate } from '../fill-template.ts';
import { fontStacks } from '../fonts.ts';
import { type Palette, palette } from '../palette.ts';
import { longDate, wordsIn } from '../words.ts';
import { type BlockContext, blockHtml } from './block-html.ts';
import { closingOf, itemLabel } from './issue-parts.ts';

export type IssuePlace = {
  /** Where its pages live, e.g. `https://news.example.org`. */
  origin: string;
  /** `issue` when the email is this issue, `part` when it is one of several in it. */
  as: 'issue' | 'part';
  /** Its place in the email, from 1: keeps anchors apart. */
  position: number;
  /** The brand's colours; without them those that ship. */
  palette?: Palette | undefined;
};

type Writing = { issue: IssueContent; place: IssuePlace; context: BlockContext; level: number };

/** An issue as MJML, from its title to its closing, in the order its author chose. */
export function issueMjml(issue: IssueContent, place: IssuePlace): string {
  // A part's title is one level below the email's own.
  const level = place.as === 'issue' ? 2 : 3;
  const fonts = fontStacks(issue.language);
  const context = {
    origin: place.origin,
    idPrefix: `i${place.position}-`,
    headingLevel: level + 2,
    mono: fonts.mono,
    emphasis: fonts.emphasis,
    colours: place.palette?.light,
  };
  const writing = { issue, place, context, level };
  const closing = closingOf(issue);
  return [
    title(writing),
    place.as === 'issue' ? sectionContents(writing) : '',
    ...issue.sections.map((section, n) => sectionMjml(section, n, writing)),
    closing.length > 0 ? part('closing', writing, { blocks: blocksHtml(closing, context) }) : '',
  ].join('');
}

/** The list at the head of an email of several issues, each with a link to where it begins. */
export const issuesContents = (issues: readonly IssueContent[], look: Look) =>
  component('contents', look, {
    label: wordsIn(look.language).contents,
    entries: issues
      .map(({ title, summary }, n) =>
        component('contents-entry', look, {
          anchor: `i${n + 1}`,
          title: withoutControls(title),
          note: '',
          summary: withoutControls(summary),
        }),
      )
      .join(''),
  });

function title(writing: Writing) {
  const { issue, place, context } = writing;
  const slots = { title: withoutControls(issue.title), intro: cover(issue, context) + blocksHtml(issue.intro, context) };
  if (place.as === 'issue') return part('title', writing, slots);
  return part('issue-title', writing, {
    ...slots,
    anchor: `i${place.position}`,
    url: `${place.origin}/archive/${issue.slug}`,
    number: numberOf(issue),
    date: longDate(issue.date, issue.language),
  });
}

/** The cover picture, but not above an issue that opens with a picture of its own. */
function cover({ cover, intro, images }: IssueContent, context: BlockContext) {
  if (!cover || intro.slice(0, 2).some(({ html }) => /<img\b/i.test(html))) return '';
  const { alt = '', width, height } = images.find(({ url }) => url === cover) ?? {};
  const size = width && height ? ` width="${width}" height="${height}"` : '';
  return blockHtml(`<p><img src="${escapeHtml(cover)}" alt="${escapeHtml(alt)}"${size}></p>`, context);
}

/** "第 12 期", or nothing. */
export const numberOf = ({ number, language }: Pick<IssueContent, 'number' | 'language'>) =>
  fillTemplate(wordsIn(language).issueNumber, { number: number === null ? '' : String(number) });

function sectionContents(writing: Writing) {
  const { issue, place } = writing;
  const titled = issue.sections.flatMap((section, n) =>
    section.title === '' ? [] : [{ section, anchor: `i${place.position}-s${n + 1}` }],
  );
  if (titled.length < 2) return '';
  const entries = titled.map(({ section, anchor }) =>
    part('contents-entry', writing, { anchor, title: withoutControls(section.title), note: itemCount(section, issue), summary: '' }),
  );
  return part('contents', writing, { label: wordsIn(issue.language).contents, entries: entries.join('') });
}

function sectionMjml(section: Section, n: number, writing: Writing) {
  const { issue, place, context, level } = writing;
  const heading =
    section.title === ''
      ? ''
      : part('section-heading', writing, {
          level: `h${level}`,
          anchor: `i${place.position}-s${n + 1}`,
          ...(place.as === 'issue' ? { rule: '2px', size: '22px' } : { rule: '1px', size: '19px' }),
          title: linked(section.title, section.url, writing),
          note: itemCount(section, issue),
        });
  const items = section.items.map((item, m) => itemHtml(item, m === 0 && section.blocks.length === 0, writing)).join('');
  return part('section', writing, { heading, blocks: blocksHtml(section.blocks, context), items });
}

const itemCount = ({ items }: Section, { language }: IssueContent) =>
  items.length > 1 ? fillTemplate(wordsIn(language).itemCount, { count: String(items.length) }) : '';

// The line between two items is the upper edge of the second: a divider of MJML's own is half a kilobyte each.
const edgeIn = ({ place }: Writing) => `border-top:1px solid ${(place.palette ?? palette).light.line}`;

function itemHtml(item: Item, first: boolean, writing: Writing) {
  const { title, url, blocks } = item;
  const { context, level } = writing;
  const body = blocksHtml(blocks, context);
  const words = withoutControls(title ?? '');
  const edge = edgeIn(writing);
  if (words === '') return first ? body : `<div style="margin:26px 0 22px;${edge};font-size:1px;line-height:1px">&nbsp;</div>${body}`;
  const style = first ? 'margin:0 0 10px' : `margin:26px 0 10px;padding:22px 0 0;${edge}`;
  return (
    part('item-heading', writing, {
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

const part = (name: string, { issue, place }: Writing, slots: Readonly<Record<string, string>>) =>
  component(name, { language: issue.language, palette: place.palette }, slots);
