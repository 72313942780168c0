import { lettersOf } from '../details/issue-slug.ts';
import type { Finding } from '../finding.ts';
import { findElement, isElement, isPicture } from '../source/html-tree.ts';
import { partOf } from './flow.ts';
import type { FlowBlock } from './flow-block.ts';
import { isBlank, textOutside, tidyInline } from './inline-text.ts';
import { splitTitle } from './split-title.ts';
import { isNeverTitle, looksLikeTitle, namesDay, type TitleContext, tellsIssue } from './title-evidence.ts';

/** `blocks`: the text without the title. `from`: whether the text or its author says it, or only the file's name, or nothing does. */
export type Titled = { title: string; from: 'text' | 'file' | 'nowhere'; blocks: FlowBlock[]; warnings: Finding[] };

export type TitleSources = TitleContext & {
  /** The metadata's title. */
  said: string | undefined;
  /** A heading of the page outside of the content, before everything else. */
  outside: FlowBlock | undefined;
  /** What an HTML page is called by itself, without its site's name. */
  pageTitle: string | undefined;
};

/** More than any subject line holds. */
const longestTitle = 300;
const longestLine = 80;

/**
 * The issue's title, and the text without it: the metadata's; else the page's own or a leading heading that is no section; else a first
 * line like one; else what the file is called. Undefined for a text of nothing.
 */
export function findTitle(blocks: readonly FlowBlock[], sources: TitleSources): Titled | undefined {
  const { said, outside, pageTitle, fileTitle } = sources;
  if (said) return withoutRepeat(blocks, leave(blocks, said), outside);
  const heading = titleHeading(blocks, sources) ?? headingOfPage(blocks, sources);
  const isPlain = heading !== undefined && (heading === outside || heading.level === 1 || looksLikeTitle(heading.text, sources));
  // A lower heading than the first rank is the title of a page that calls itself so, or by nothing.
  if (heading && (isPlain || !pageTitle || lettersOf(pageTitle).includes(lettersOf(heading.text)))) return take(blocks, heading);
  if (pageTitle) return withoutRepeat(blocks, leave(blocks, pageTitle), outside);
  const line = titleLine(blocks, sources);
  if (line) return takeFirstLine(blocks, line);
  if (fileTitle) return { ...leave(blocks, fileTitle), from: 'file' };
  const first = blocks.find(({ text }) => !isBlank(text));
  return first && { ...leave(blocks, beginningOf(first.text)), from: 'nowhere' };
}

function beginningOf(text: string): string {
  const [line = ''] = text.trim().split('\n', 1);
  return line.length > longestLine ? `${line.slice(0, 60).toWellFormed().trim()}…` : line;
}

/** The first heading, where nothing but pictures, links of a line and a list of contents is before it and it is no section's. */
function titleHeading(blocks: readonly FlowBlock[], sources: TitleSources): FlowBlock | undefined {
  const headings = blocks.filter(({ kind }) => kind === 'heading');
  const leading = sources.outside ?? leadingHeading(blocks) ?? (headings.length > 1 ? onlyFirst(blocks, headings) : undefined);
  if (!leading || isNeverTitle(leading.text)) return undefined;
  const others = headings.filter((other) => other !== leading && !isNeverTitle(other.text));
  const isLower = others.some(({ level }) => level < leading.level);
  const siblings = headings.filter((other) => other !== leading && other.level === leading.level);
  if (!isLower && siblings.length === 0) return leading;
  // Among equals it is the title if it alone looks like one.
  const isLike = (heading: FlowBlock) => looksLikeTitle(heading.text, sources);
  return isLike(leading) && !siblings.slice(0, 20).some(isLike) ? leading : undefined;
}

/**
 * A heading below a page's menu: the one of the first rank that the page is called by as well, or the first of any rank that tells
 * which issue it is, where what the page is called tells nothing.
 */
function headingOfPage(blocks: readonly FlowBlock[], sources: TitleSources): FlowBlock | undefined {
  const { pageTitle } = sources;
  if (!pageTitle) return undefined;
  const headings = blocks.filter(({ kind, text }) => kind === 'heading' && !isNeverTitle(text)).slice(0, 20);
  const tells = (text: string) => text.length <= longestLine && tellsIssue(text, sources);
  const [first, ...others] = headings;
  // A volume is a number as well, and no issue.
  const tellsMore = (text: string) => tells(text) && (!tells(pageTitle) || (namesDay(text) && !namesDay(pageTitle)));
  if (first && tellsMore(first.text)) {
    const isLike = namesDay(first.text) ? namesDay : tells;
    return others.some(({ text }) => isLike(text)) ? undefined : first;
  }
  const [ranking, second] = headings.filter(({ level }) => level === 1);
  if (!ranking || second || lettersOf(ranking.text).length < 4 || (tells(pageTitle) && !tells(ranking.text))) return undefined;
  return lettersOf(pageTitle).includes(lettersOf(ranking.text)) ? ranking : undefined;
}

function leadingHeading(blocks: readonly FlowBlock[]): FlowBlock | undefined {
  for (const block of blocks) {
    if (block.kind === 'heading') {
      if (!isNeverTitle(block.text)) return block;
    } else if (!isAside(block)) return undefined;
  }
  return undefined;
}

const longestRemark = 120;

/** The one heading of the first rank, above all others and below a remark or two, such as where the text was published. */
function onlyFirst(blocks: readonly FlowBlock[], headings: readonly FlowBlock[]): FlowBlock | undefined {
  const [first, ...others] = headings;
  if (first?.level !== 1 || others.some(({ level }) => level === 1)) return undefined;
  const before = blocks.slice(0, blocks.indexOf(first)).filter((block) => !isAside(block));
  const areRemarks = before.every(({ kind, text }) => (kind === 'paragraph' || kind === 'quote') && text.length <= longestRemark);
  return before.length <= 2 && areRemarks ? first : undefined;
}

/** Pictures, rules, and a line of nothing but links, such as badges and other languages. */
function isAside({ kind, nodes, text }: FlowBlock): boolean {
  if (kind === 'image' || kind === 'rule') return true;
  return kind === 'paragraph' && text.length <= longestLine && textOutside(nodes, 'a').replace(/[\s|｜/·•,、\-–—[\]()（）]/g, '') === '';
}

/**
 * A line that stands alone in front, as a plain text has its title: short, no sentence, and no greeting. Where the text has headings or
 * the file a name, it has to look like a title as well.
 */
function titleLine(blocks: readonly FlowBlock[], sources: TitleSources): FlowBlock | undefined {
  const line = blocks.find((block) => !isAside(block));
  if (line?.kind !== 'paragraph') return undefined;
  const [first = ''] = line.text.split('\n', 1);
  if (
    first.length > longestLine ||
    /[.。！？!?…：:；;，,]$/.test(first.trim()) ||
    /^(?:(?:hi|hello|hey|dear|welcome)\b|大家好|各位|你好|您好|嗨|https?:\/\/)/i.test(first)
  )
    return undefined;
  if (findElement(line.nodes, isPicture)) return undefined;
  const isFree = sources.fileTitle === undefined && blocks.every(({ kind }) => kind !== 'heading');
  return isFree || looksLikeTitle(first, sources) ? line : undefined;
}

/** A title that the text goes without, or is only the beginning of a text that stays. */
function leave(blocks: readonly FlowBlock[], text: string): Titled {
  const [line = ''] = text.trim().split('\n', 1);
  return { ...keptTitle(line), from: 'text', blocks: [...blocks] };
}

/** As much of a title as is kept, and a warning when that is not all. */
export function keptTitle(line: string): Pick<Titled, 'title' | 'warnings'> {
  const title = shortened(line);
  return { title, warnings: title === line ? [] : [{ code: 'long_title', values: { characters: line.length } }] };
}

/** Cut between words where there are any. */
function shortened(line: string): string {
  if (line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle - 1).toWellFormed();
  return `${cut.replace(/\s\S{0,40}$/, '').trim()}…`;
}

/** The title is not said twice: not by the first words that a reader sees, below pictures or not. */
function withoutRepeat(blocks: readonly FlowBlock[], titled: Titled, outside: FlowBlock | undefined): Titled {
  const spelling = (text: string) => lettersOf(text) || text.trim();
  const isRepeat = ({ text }: FlowBlock) => spelling(text) === spelling(titled.title);
  if (outside && isRepeat(outside)) return { ...titled, ...restOf(blocks, outside, titled) };
  const first = blocks.find((block) => block.kind !== 'image' && block.kind !== 'rule');
  const isSeen = first && (first.kind === 'heading' || first.kind === 'paragraph') && isRepeat(first);
  return isSeen ? { ...titled, ...restOf(blocks, first, titled) } : { ...titled, blocks: withoutPart(blocks, titled.title) };
}

/** Of `Garden Weekly — June 22` the page's own heading says a part: a section of that name would say it twice. */
function withoutPart(blocks: readonly FlowBlock[], title: string): FlowBlock[] {
  const heading = onlyFirst(
    blocks,
    blocks.filter(({ kind }) => kind === 'heading'),
  );
  const [part, whole] = [lettersOf(heading?.text ?? ''), lettersOf(title)];
  const isPart = part.length >= 4 && part.length * 3 >= whole.length && (whole.startsWith(part) || whole.endsWith(part));
  const saysMore = heading && findElement(heading.nodes, (element) => element.name === 'a' || isPicture(element));
  return isPart && !saysMore ? blocks.filter((block) => block !== heading) : [...blocks];
}

/** The leading heading's own spelling and what of it is no title, in place of the metadata's. */
function restOf(blocks: readonly FlowBlock[], block: FlowBlock, titled: Titled): Titled {
  const taken = take(blocks, block);
  return block.kind === 'heading' ? taken : { ...taken, title: titled.title };
}

/** A line too long for a title stays in the text. */
function take(blocks: readonly FlowBlock[], block: FlowBlock, nodes = block.nodes): Titled {
  const { text, url, rest } = splitTitle(nodes);
  if (text.length > longestTitle) return leave(blocks, text);
  const remainder = [...rest, tidyInline(block.nodes.slice(nodes.length))].filter((part) => part.length > 0);
  const warnings: Finding[] = url ? [{ code: 'title_link', values: { address: url }, line: block.line }] : [];
  return {
    title: text,
    from: 'text',
    blocks: blocks.flatMap((other) => (other === block ? remainder.map((part) => partOf(block, part)) : [other])),
    warnings,
  };
}

function takeFirstLine(blocks: readonly FlowBlock[], block: FlowBlock): Titled {
  const lineEnd = block.nodes.findIndex((node) => isElement(node) && node.name === 'br');
  return take(blocks, block, lineEnd < 0 ? block.nodes : block.nodes.slice(0, lineEnd));
}
