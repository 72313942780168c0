import { clip, oneLine } from '../../../emails/digest-subject.ts';
import { wordsIn } from '../../../emails/words.ts';
import type { Block, IssueContent, Item, Section } from '../../issues/issue.ts';
import { escapeHtml } from '../../platform/html.ts';

/** `isTailDropped`: not even all headings fitted. */
export type FittedIssues = { issues: IssueContent[]; shortened: string[]; isTailDropped: boolean };

export type Fitting = {
  /** Bytes of compiled HTML that fit. */
  budget: number;
  /** Where the public pages live, e.g. `https://news.example.org`. */
  origin: string;
  /** What a mail of these issues weighs, in bytes of compiled HTML. */
  mailBytes: (issues: readonly IssueContent[]) => number;
  /** What some blocks of an issue weigh in its mail. */
  blockBytes: (issue: IssueContent) => (blocks: readonly Block[]) => number;
};

/**
 * Makes issues short enough for a mail, and no shorter. Pieces are cut in one order, the longest first: items become a
 * summary and a link, then runs of text their first words, then items their title. What room is left is filled up again.
 * Every heading of a section stays while all headings fit; else items, and at last sections, fall off the end, and a link
 * says so. `shortened` names what was touched.
 */
export function fitIssues(issues: readonly IssueContent[], fitting: Fitting): FittedIssues {
  const { fitted, beyond } = headOf(issues, fitting.budget / fewestHeadingBytes);
  const pieces = fitted.flatMap((issue) => piecesOf(issue, fitting));
  // Each text is weighed once: it may be a hundred times too long.
  const texts = pieces.reduce((sum, { wholeBytes }) => sum + wholeBytes, 0);
  const excess = fitting.mailBytes(issues.map(withoutTexts)) + texts - fitting.budget;
  if (excess <= 0 && beyond.length === 0) return { issues: [...issues], shortened: [], isTailDropped: false };
  const links = fitted.reduce((sum, issue) => sum + fitting.blockBytes(issue)([link(issue, fitting.origin, 'readTheRest')]), 0);
  const room = cutPieces(pieces, excess, links);
  if (room < 0 || beyond.length > 0) return dropTail(fitted, pieces, beyond, fitting);
  fillUp(pieces, room);
  if (pieces.some(hasNothing)) for (const issue of fitted) linkToRest(issue, fitting.origin);
  return { issues: fitted, shortened: namesOf(pieces), isTailDropped: false };
}

/** The issues with each item that is longer as its first words and a link, for who wants a short mail of many. */
export function foldItems(issues: readonly IssueContent[], { origin, blockBytes }: Pick<Fitting, 'origin' | 'blockBytes'>): IssueContent[] {
  const folded = structuredClone([...issues]);
  for (const piece of folded.flatMap((issue) => piecesOf(issue, { origin, blockBytes }))) {
    const summary = summaryOf(piece, 120);
    if (!piece.isRun && piece.bytesOf(summary) < piece.wholeBytes) show(piece, summary);
  }
  return folded;
}

/** Items, and sections of nothing but text, which are what an item is elsewhere. */
export const itemsIn = (issues: readonly IssueContent[]) =>
  issues.reduce((sum, { sections }) => sum + sections.reduce((all, { items }) => all + Math.max(1, items.length), 0), 0);

// Less than any heading of a section or an item weighs, with its styles.
const fewestHeadingBytes = 100;

/** Whether a mail could not even hold the headings: known without writing any. */
export const hasTooManyHeadings = (issues: readonly IssueContent[], budget: number) =>
  issues.reduce((sum, { sections }) => sum + sections.reduce((all, { items }) => all + 1 + items.length, 0), 0) >
  budget / fewestHeadingBytes;

/** As many sections and items as a mail could have headings for, and the names of those beyond: there may be a hundred thousand. */
function headOf(issues: readonly IssueContent[], most: number): { fitted: IssueContent[]; beyond: string[] } {
  const beyond: string[] = [];
  let left = most;
  const isWithin = (name: string) => {
    left -= 1;
    if (left < 0) beyond.push(name);
    return left >= 0;
  };
  const fitted = issues.map((issue) => ({
    ...issue,
    sections: issue.sections
      .filter(({ title }) => isWithin(title || issue.title))
      .map((section) => ({ ...section, items: section.items.filter((item) => isWithin(nameOf(item, issue))) })),
  }));
  return { fitted: structuredClone(fitted), beyond };
}

/** Text that is cut as one: that of an item, of a section without items, or a run such as an introduction. */
type Piece = {
  name: string;
  isRun: boolean;
  /** A piece without a title needs some words of its own. */
  isTitled: boolean;
  whole: readonly Block[];
  wholeBytes: number;
  /** Whose blocks they are; what is set there is what the mail shows. */
  owner: { blocks: Block[] };
  bytes: number;
  bytesOf: (blocks: readonly Block[]) => number;
  readInFull: Block;
};

function piecesOf(issue: IssueContent, { origin, blockBytes }: Pick<Fitting, 'origin' | 'blockBytes'>): Piece[] {
  const bytesOf = blockBytes(issue);
  const piece = (owner: { blocks: Block[] }, name: string, says: { isRun: boolean; isTitled: boolean }): Piece => {
    const bytes = bytesOf(owner.blocks);
    return { name, ...says, owner, whole: owner.blocks, wholeBytes: bytes, bytes, bytesOf, readInFull: link(issue, origin, 'readInFull') };
  };
  const run = { isRun: true, isTitled: false };
  return [
    piece(ownerOf(issue, 'intro'), issue.title, run),
    ...issue.sections.flatMap((section): Piece[] => {
      const name = section.title || issue.title;
      // A section of nothing but text is what an item is elsewhere.
      if (section.items.length === 0) return [piece(section, name, { isRun: false, isTitled: section.title !== '' })];
      const items = section.items.map((item) => piece(item, nameOf(item, issue), { isRun: false, isTitled: Boolean(item.title) }));
      return [piece(section, name, run), ...items];
    }),
    piece(ownerOf(issue, 'closing'), issue.title, run),
  ].filter(({ whole }) => whole.length > 0);
}

/** The same issue with nothing in its texts: what is left weighs what its headings do. */
function withoutTexts(issue: IssueContent): IssueContent {
  const nothing = ({ length }: readonly Block[]): Block[] => (length > 0 ? [{ kind: 'paragraph', text: '', html: '' }] : []);
  const sections = issue.sections.map((section) => ({
    ...section,
    blocks: nothing(section.blocks),
    items: section.items.map((item) => ({ ...item, blocks: nothing(item.blocks) })),
  }));
  return { ...issue, intro: nothing(issue.intro), sections, closing: nothing(issue.closing) };
}

const ownerOf = (issue: IssueContent, part: 'intro' | 'closing') => ({
  get blocks() {
    return issue[part];
  },
  set blocks(blocks: Block[]) {
    issue[part] = blocks;
  },
});

/** Shows these blocks of a piece; answers with the bytes that saves, which may be less than none. */
function show(piece: Piece, blocks: readonly Block[]): number {
  const before = piece.bytes;
  piece.owner.blocks = [...blocks];
  piece.bytes = blocks === piece.whole ? piece.wholeBytes : piece.bytesOf(blocks);
  return before - piece.bytes;
}

const hasNothing = ({ owner }: Piece) => owner.blocks.length === 0;
const isWhole = ({ owner: { blocks }, whole }: Piece) => blocks.length === whole.length && blocks.every((block, n) => block === whole[n]);

/** Cuts until `excess` is saved; answers with what was saved beyond it, or with what is missing still, below zero. */
function cutPieces(pieces: readonly Piece[], excess: number, links: number): number {
  const longest = [...pieces].sort((a, b) => b.wholeBytes - a.wholeBytes);
  const items = longest.filter(({ isRun }) => !isRun);
  let room = -excess;
  const cut = (piece: Piece, blocks: readonly Block[]) => {
    if (room < 0 && piece.bytesOf(blocks) < piece.bytes) room += show(piece, blocks);
  };
  for (const piece of items) cut(piece, summaryOf(piece, 120));
  for (const piece of longest.filter(({ isRun }) => isRun)) cut(piece, summaryOf(piece, 400));
  if (room >= 0) return room;
  // From here on a link at the end leads to what has no words left.
  room -= links;
  for (const piece of items.filter(({ isTitled }) => isTitled)) cut(piece, []);
  return room;
}

/** Gives back what fits: the shortest pieces whole, then a summary to those that have no words, then as much of a text as there is room for. */
function fillUp(pieces: readonly Piece[], room: number) {
  let left = room;
  const cut = pieces.filter((piece) => !isWhole(piece));
  const grow = (piece: Piece, blocks: readonly Block[]) => {
    const more = (blocks === piece.whole ? piece.wholeBytes : piece.bytesOf(blocks)) - piece.bytes;
    if (more <= left && more > 0) left += show(piece, blocks);
  };
  for (const piece of [...cut].sort((a, b) => a.wholeBytes - a.bytes - (b.wholeBytes - b.bytes))) grow(piece, piece.whole);
  for (const piece of cut.filter(hasNothing)) grow(piece, summaryOf(piece, 120));
  for (const piece of cut.filter((each) => !isWhole(each))) grow(piece, beginningOf(piece, piece.bytes + left));
}

/** The first words and a link to the whole. */
function summaryOf({ whole, readInFull }: Piece, characters: number): Block[] {
  const texts = whole.filter(({ kind }) => kind !== 'image').map(({ text }) => text);
  const words = clip(oneLine(texts.join(' ')), characters);
  return words ? [paragraph(words), readInFull] : [readInFull];
}

/** As many whole blocks as fit into so many bytes, then the first words of the next, and a link. */
function beginningOf({ whole, bytesOf, readInFull }: Piece, bytes: number): Block[] {
  let left = bytes - bytesOf([readInFull]);
  const kept: Block[] = [];
  for (const block of whole) {
    const size = bytesOf([block]);
    if (size > left) {
      const words = block.kind === 'paragraph' ? longestClip(oneLine(block.text), left, bytesOf) : '';
      if (words) kept.push(paragraph(words));
      break;
    }
    kept.push(block);
    left -= size;
  }
  return [...kept, readInFull];
}

// Fewer characters say nothing that the title does not.
const fewestCharacters = 40;

/** The longest beginning of a text whose paragraph fits; none where only a few characters would. */
function longestClip(text: string, bytes: number, bytesOf: (blocks: readonly Block[]) => number): string {
  const fitting = largest(text.length, (characters) => bytesOf([paragraph(clip(text, characters))]) <= bytes);
  return fitting < fewestCharacters ? '' : clip(text, fitting);
}

/** The largest number up to `most` that fits, where all smaller ones fit as well; 0 where none does. */
function largest(most: number, fits: (n: number) => boolean): number {
  let [fitting, tooMany] = [0, most + 1];
  for (let step = 1; tooMany - fitting > 1; ) {
    const next = tooMany > most ? Math.min(most, fitting + step) : Math.floor((fitting + tooMany) / 2);
    if (fits(next)) fitting = next;
    else tooMany = next;
    step *= 2;
  }
  return fitting;
}

/** Where not even all titles fit: items fall off the end, the last section's first, and then sections. */
function dropTail(
  fitted: readonly IssueContent[],
  pieces: readonly Piece[],
  beyond: readonly string[],
  { budget, origin, mailBytes }: Fitting,
): FittedIssues {
  const droppable = [...fitted.toReversed().flatMap(itemsFromTheEnd), ...fitted.toReversed().flatMap(sectionsFromTheEnd)];
  const without = (count: number) => {
    const dropped = new Set<Item | Section>(droppable.slice(0, count).map(({ part }) => part));
    return fitted.map((issue) => {
      const sections = issue.sections
        .filter((section) => !dropped.has(section))
        .map((section) => ({ ...section, items: section.items.filter((item) => !dropped.has(item)) }));
      const left = { ...issue, sections };
      linkToRest(left, origin);
      return left;
    });
  };
  const keeps = (kept: number) => mailBytes(without(droppable.length - kept)) <= budget;
  // From the few that fit upwards: what is far too much takes long to weigh.
  const kept = largest(droppable.length, keeps);
  const dropped = droppable.slice(0, droppable.length - kept);
  const shortened = [...new Set([...namesOf(pieces), ...dropped.map(({ name }) => name), ...beyond])];
  return { issues: without(dropped.length), shortened, isTailDropped: true };
}

const itemsFromTheEnd = (issue: IssueContent) =>
  issue.sections.toReversed().flatMap(({ items }) => items.toReversed().map((part) => ({ part, name: nameOf(part, issue) })));
const sectionsFromTheEnd = (issue: IssueContent) => issue.sections.toReversed().map((part) => ({ part, name: part.title || issue.title }));

/** The last thing an issue's text says before its closing: where the rest of it is. */
function linkToRest(issue: IssueContent, origin: string) {
  const rest = link(issue, origin, 'readTheRest');
  const section = issue.sections.at(-1);
  const item = section?.items.at(-1);
  if (section && item) section.items = [...section.items.slice(0, -1), { ...item, blocks: [...item.blocks, rest] }];
  else if (section) issue.sections = [...issue.sections.slice(0, -1), { ...section, blocks: [...section.blocks, rest] }];
  else issue.intro = [...issue.intro, rest];
}

const namesOf = (pieces: readonly Piece[]) => [...new Set(pieces.filter((piece) => !isWhole(piece)).map(({ name }) => name))];
const nameOf = ({ title, number }: Item, issue: IssueContent) => title ?? `${issue.title}${number === null ? '' : ` ${number}`}`;
const paragraph = (words: string): Block => ({ kind: 'paragraph', text: words, html: `<p>${escapeHtml(words)}</p>` });

function link({ slug, language }: IssueContent, origin: string, words: 'readInFull' | 'readTheRest'): Block {
  const text = wordsIn(language)[words];
  return { kind: 'paragraph', text, html: `<p><a href="${escapeHtml(`${origin}/archive/${slug}`)}">${text}</a></p>` };
}
