import { findElement, type HtmlNode, isElement, isLink } from '../source/html-tree.ts';
import type { FlowBlock } from './flow-block.ts';
import { inlineText, isBlank, textOutside } from './inline-text.ts';
import { type NumberMark, type NumberStyle, numberMark } from './number-mark.ts';

/**
 * `alone`: the number's paragraph, or its first line, is a title; `shared`: a bold title has the text behind it; `text`: the
 * paragraph is text. `titleEnd`: how many of the block's nodes are the title; all when missing.
 */
export type Numbered = NumberMark & { form: 'alone' | 'shared' | 'text'; titleEnd?: number };

const longestBesideLink = 30;
const longestShortTitle = 40;
const sentenceEnd = /[。；;，,：:]$/;
/** Only these number whole texts. */
const textStyles: ReadonlySet<NumberStyle> = new Set(['1、', '1.']);

/**
 * The numbered paragraphs of a section that begin its items. The first in a paragraph of its own that counts 0 or 1 sets the style;
 * those of three or more with nothing between them are a list, not items.
 */
export function findNumbered(blocks: readonly FlowBlock[]): ReadonlyMap<FlowBlock, Numbered> {
  const all = new Map<FlowBlock, Numbered>();
  for (const block of blocks) {
    const number = block.kind === 'paragraph' ? classify(block) : undefined;
    if (number) all.set(block, number);
  }
  const lists = listEntries(blocks, all);
  const candidates = [...all].filter(([block]) => !lists.has(block));
  const opening = (form: Numbered['form']) => candidates.find(([, number]) => number.form === form && number.count <= 1)?.[1].style;
  const textOpening = opening('text');
  const style = opening('alone') ?? (textOpening && textStyles.has(textOpening) ? textOpening : undefined);
  return style ? ofStyle(candidates, style) : new Map();
}

/** Every number in a paragraph of its own counts, as it is written; what shares its paragraph has to continue the count. */
function ofStyle(candidates: readonly [FlowBlock, Numbered][], style: NumberStyle): ReadonlyMap<FlowBlock, Numbered> {
  const items = new Map<FlowBlock, Numbered>();
  let last: number | undefined;
  for (const [block, number] of candidates) {
    if (number.style !== style) continue;
    const continues = last === undefined ? number.form === 'text' && number.count <= 1 : number.count === last + 1;
    if (number.form !== 'alone' && !continues) continue;
    if (number.form === 'text' && !textStyles.has(style)) continue;
    items.set(block, number);
    last = number.count;
  }
  return items;
}

function classify({ text, nodes }: FlowBlock): Numbered | undefined {
  const mark = numberMark(text);
  if (!mark) return undefined;
  const lineEnd = nodes.findIndex((node) => isElement(node) && node.name === 'br');
  const firstLine = lineEnd < 0 ? nodes : nodes.slice(0, lineEnd);
  if (standsAlone(firstLine, mark)) return { ...mark, form: 'alone', ...(lineEnd >= 0 && { titleEnd: lineEnd }) };
  const boldEnd = nodes.findIndex((node) => !isElement(node) || node.name !== 'strong');
  const bold = inlineText(nodes.slice(0, Math.max(boldEnd, 0)));
  if (bold.startsWith(mark.mark.trim())) return { ...mark, form: 'shared', titleEnd: boldEnd };
  return { ...mark, form: 'text' };
}

/** Bold, linked, short, or only a number. */
function standsAlone(nodes: readonly HtmlNode[], { mark }: NumberMark): boolean {
  const text = inlineText(nodes);
  const title = text.slice(mark.length).trim();
  const beside = (name: string) => textOutside(nodes, name).trim().replace(mark.trim(), '');
  if (title === '' || isBlank(beside('strong'))) return true;
  const besideLink = beside('a');
  const isLinked = findElement(nodes, isLink) !== undefined;
  if (isLinked) return besideLink.length <= longestBesideLink && !besideLink.includes('。');
  return !text.includes('\n') && title.length <= longestShortTitle && !sentenceEnd.test(title);
}

/** Entries of lists that are written as paragraphs. */
function listEntries(blocks: readonly FlowBlock[], numbers: ReadonlyMap<FlowBlock, Numbered>): ReadonlySet<FlowBlock> {
  const lists = new Set<FlowBlock>();
  const lastOf = new Map<NumberStyle, number>();
  for (let n = 0; n < blocks.length; ) {
    const run = runAt(blocks, numbers, n);
    const [first] = run;
    if (first && run.length > 2 && !areHeadlines(run, lastOf.get(first.style), nextAfter(blocks, numbers, n + run.length, first.style)))
      for (const block of blocks.slice(n, n + run.length)) lists.add(block);
    else for (const number of run) lastOf.set(number.style, number.count);
    n += run.length || 1;
  }
  return lists;
}

/** The numbers of one style that count up from this block on with nothing between them. */
function runAt(blocks: readonly FlowBlock[], numbers: ReadonlyMap<FlowBlock, Numbered>, from: number): Numbered[] {
  const run: Numbered[] = [];
  for (let n = from; n < blocks.length; n += 1) {
    const number = numbers.get(blocks[n] as FlowBlock);
    const last = run.at(-1);
    if (!number || (last && (number.style !== last.style || number.count !== last.count + 1))) break;
    run.push(number);
  }
  return run;
}

/** Such a run is no list but items without text when it carries on the count of items around it. */
function areHeadlines(run: readonly Numbered[], before: number | undefined, after: number | undefined): boolean {
  const [first, last] = [run[0]?.count ?? 0, run.at(-1)?.count ?? 0];
  const continues = before !== undefined && first === before + 1;
  const isContinued = after === last + 1 && after !== (before ?? 0) + 1;
  return first > 1 ? continues : isContinued;
}

function nextAfter(blocks: readonly FlowBlock[], numbers: ReadonlyMap<FlowBlock, Numbered>, from: number, style: NumberStyle) {
  for (let n = from; n < blocks.length; n += 1) {
    const number = numbers.get(blocks[n] as FlowBlock);
    if (number?.style === style) return number.count;
  }
  return undefined;
}
