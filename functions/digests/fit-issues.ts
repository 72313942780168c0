import { clip, oneLine } from '../../emails/digest-subject.ts';
import { wordsIn } from '../../emails/words.ts';
import type { Block, IssueContent, Item, Section } from '../issues/issue.ts';
import { escapeHtml } from '../platform/html.ts';

export type FittedIssues = { issues: IssueContent[]; shortened: string[] };

/**
 * Makes issues shorter by about `bytes`: first the longest items, one by one, become a summary and a link to the whole;
 * then long introductions and the like become their beginning and a link, a paragraph that is too long by itself its first
 * words; at the very last items and sections fall off the end, and a link says so. `shortened` names what was touched, so that nothing goes without a trace.
 */
export function fitIssues(issues: readonly IssueContent[], bytes: number, origin: string): FittedIssues {
  const fitted = structuredClone([...issues]);
  const shortened: string[] = [];
  let left = bytes;
  const save = (saved: number, name: string) => {
    left -= saved;
    if (!shortened.includes(name)) shortened.push(name);
  };
  const cuts = fitted.flatMap((issue) => cutsOf(issue, origin)).sort((a, b) => a.order - b.order || b.size - a.size);
  for (const cut of cuts) {
    if (left <= 0) break;
    const saved = cut.make(left);
    if (saved > 0) save(saved, cut.name);
  }
  for (const issue of fitted.toReversed()) {
    while (left > 0) {
      const dropped = dropLastPiece(issue);
      if (!dropped) break;
      if (!issue.closing.some(({ text }) => text === wordsIn(issue.language).readTheRest))
        issue.closing.unshift(link(issue, origin, 'readTheRest'));
      save(dropped.size, dropped.name);
    }
  }
  return { issues: fitted, shortened };
}

type Piece = { name: string; piece: Pick<Item, 'blocks'> };

/** One thing that can be made shorter; `make` does it and returns the bytes that saved. */
type Cut = { order: number; name: string; size: number; make: (bytes: number) => number };

function cutsOf(issue: IssueContent, origin: string): Cut[] {
  const runs = [
    { name: issue.title, blocks: issue.intro },
    ...issue.sections.filter(hasItems).map(({ title, blocks }) => ({ name: title || issue.title, blocks })),
    { name: issue.title, blocks: issue.closing },
  ];
  // A section of nothing but text is what an item is elsewhere.
  const pieces = issue.sections.flatMap((section): Piece[] =>
    hasItems(section)
      ? section.items.map((item) => ({ name: nameOf(item, issue), piece: item }))
      : [{ name: section.title || issue.title, piece: section }],
  );
  return [
    ...pieces.map(({ name, piece }) => ({ order: 0, name, size: sizeOf(piece.blocks), make: () => summarise(piece, issue, origin, 120) })),
    ...runs.map(({ name, blocks }) => ({
      order: 1,
      name,
      size: sizeOf(blocks),
      make: (bytes: number) => keepBeginning(blocks, bytes, link(issue, origin)),
    })),
    // Where not even all summaries fit, titles and links do.
    ...pieces.map(({ name, piece }) => ({ order: 2, name, size: sizeOf(piece.blocks), make: () => summarise(piece, issue, origin, 0) })),
    ...runs.map(({ name, blocks }) => ({
      order: 3,
      name,
      size: sizeOf(blocks),
      make: () => clipFirst(blocks, link(issue, origin)),
    })),
  ];
}

function summarise(item: Pick<Item, 'blocks'>, issue: IssueContent, origin: string, characters: number) {
  const before = sizeOf(item.blocks);
  const texts = item.blocks.filter(({ kind }) => kind !== 'image').map(({ text }) => text);
  const words = characters > 0 ? clip(oneLine(texts.join(' ')), characters) : '';
  const summary: Block[] = [
    ...(words ? [{ kind: 'paragraph' as const, text: words, html: `<p>${escapeHtml(words)}</p>` }] : []),
    link(issue, origin),
  ];
  if (sizeOf(summary) >= before) return 0;
  item.blocks = summary;
  return before - sizeOf(summary);
}

/** Takes blocks off the end until enough is saved; the first one stays. */
function keepBeginning(blocks: Block[], bytes: number, more: Block) {
  let saved = -sizeOf([more]);
  const before = blocks.length;
  while (saved < bytes && blocks.length > 1) saved += sizeOf(blocks.splice(-1));
  if (blocks.length === before) return 0;
  blocks.push(more);
  return saved;
}

/** A single paragraph that no mail has room for becomes its first words. */
function clipFirst(blocks: Block[], more: Block) {
  const before = sizeOf(blocks);
  const [first] = blocks;
  const words = clip(oneLine(first?.text ?? ''), 400);
  const clipped: Block[] = [
    ...(words ? [{ kind: 'paragraph' as const, text: words, html: `<p>${escapeHtml(words)}</p>` }] : []),
    ...(blocks.length > 1 ? blocks.slice(1) : [more]),
  ];
  if (sizeOf(clipped) >= before) return 0;
  blocks.splice(0, blocks.length, ...clipped);
  return before - sizeOf(clipped);
}

/** Off the end: an item, else what a section says itself, section and all. */
function dropLastPiece(issue: IssueContent) {
  const section = issue.sections.at(-1);
  const item = section?.items.pop();
  if (item) return { name: nameOf(item, issue), size: itemSize(item) };
  issue.sections.pop();
  return section && { name: section.title || issue.title, size: headingBytes + sizeOf(section.blocks) + Buffer.byteLength(section.title) };
}

const hasItems = ({ items }: Section) => items.length > 0;
// What a heading costs beside its words, roughly.
const headingBytes = 250;
const itemSize = ({ title, blocks }: Item) => sizeOf(blocks) + headingBytes + Buffer.byteLength(title ?? '');

/** The bytes of the issues in a mail, estimated from below without rendering them. */
export const roughSize = (issues: readonly IssueContent[]) =>
  issues.reduce(
    (sum, { intro, sections, closing }) =>
      sum +
      sizeOf([...intro, ...closing]) +
      sections.reduce(
        (all, { title, blocks, items }) =>
          all + headingBytes + Buffer.byteLength(title) + sizeOf(blocks) + items.reduce((each, item) => each + itemSize(item), 0),
        0,
      ),
    0,
  );

/** The bytes of an issue's mail when all is cut that can be: more than fits means that one piece of it is too long. */
export const smallestMail = (issue: IssueContent, origin: string) => roughSize(fitIssues([issue], Number.POSITIVE_INFINITY, origin).issues);

const nameOf = ({ title, number }: Item, issue: IssueContent) => title ?? `${issue.title}${number === null ? '' : ` ${number}`}`;
const sizeOf = (blocks: readonly Block[]) => blocks.reduce((sum, { html }) => sum + Buffer.byteLength(html) + 30, 0);

function link({ slug, language }: IssueContent, origin: string, words: 'readInFull' | 'readTheRest' = 'readInFull'): Block {
  const text = wordsIn(language)[words];
  return { kind: 'paragraph', text, html: `<p><a href="${escapeHtml(`${origin}/archive/${slug}`)}">${text}</a></p>` };
}
