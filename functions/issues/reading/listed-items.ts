import { type ElementNode, elementsIn, type HtmlNode, isElement } from '../source/html-tree.ts';
import { flowOf } from './flow.ts';
import type { FlowBlock } from './flow-block.ts';
import { inlineText, isBlank } from './inline-text.ts';

/** What is between a title and its text in one line. */
const divides = /^\s*[:：—–\-|。，,.]/;
/** Chinese has no spaces between the words of a sentence. */
const isHan = /\p{Script=Han}\s*$/u;
const shortestTitle = 4;

/**
 * An ordered list whose entries begin with a bold title and have more to say, as the numbered paragraphs that its author
 * might have written: `1. **Title**` and the text of the entry. Any other block stays as it is.
 */
export function listedItems(block: FlowBlock): FlowBlock[] {
  const [list] = block.nodes;
  if (block.kind !== 'list' || !list || !isElement(list) || list.name !== 'ol') return [block];
  const entries = list.children.filter(isElement);
  const first = Number(list.attributes.start ?? 1);
  const split = entries.map(splitEntry);
  const told = split.filter((entry) => entry !== undefined && entry.rest.length > 0).length;
  if (entries.length < 2 || split.includes(undefined) || told * 2 < entries.length) return [block];
  return split.flatMap((entry, n) => (entry ? itemBlocks(entry, first + n, block) : []));
}

type Entry = { title: HtmlNode[]; rest: HtmlNode[]; line: number };

/** Undefined for an entry that begins otherwise, or whose bold words are the beginning of a sentence. */
function splitEntry({ children, line }: ElementNode): Entry | undefined {
  const [first, ...others] = children.filter((node) => isElement(node) || node.text.trim() !== '');
  if (!first || !isElement(first)) return undefined;
  const inside = first.name === 'p' ? first.children : children;
  const behind = first.name === 'p' ? others : [];
  const end = inside.findIndex((node) => !isBold(node));
  const title = end < 0 ? inside : inside.slice(0, end);
  const text = inlineText(title);
  if (isBlank(text)) return undefined;
  const rest = end < 0 ? [] : inside.slice(end);
  const [next] = rest;
  const isDivided =
    !next ||
    isBreak(next) ||
    divides.test(inlineText([next])) ||
    (isHan.test(text) && /^\s/.test(inlineText([next]))) ||
    /[:：。！？!?]$/.test(text.trim()) ||
    isBlock(next);
  if (!isDivided && text.trim().length < shortestTitle) return undefined;
  const [colon = ''] = (next && !isElement(next) && /^\s*[:：]/.exec(next.text)) || [];
  const behindColon: HtmlNode[] = colon && next && !isElement(next) ? [{ text: next.text.slice(colon.length) }, ...rest.slice(1)] : rest;
  return { title: colon ? [...title, { text: colon.trim() }] : [...title], rest: [...withoutBreak(behindColon), ...behind], line };
}

const isBreak = (node: HtmlNode) => isElement(node) && node.name === 'br';
const isBlock = (node: HtmlNode) => isElement(node) && /^(?:p|ul|ol|blockquote|pre|table|h[1-6])$/.test(node.name);
const withoutBreak = (nodes: readonly HtmlNode[]) => (nodes[0] && isBreak(nodes[0]) ? nodes.slice(1) : nodes);

/** Bold, or a link with nothing but bold words. */
function isBold(node: HtmlNode): boolean {
  if (!isElement(node)) return false;
  if (node.name === 'strong') return true;
  const [only, other] = node.children;
  return node.name === 'a' && only !== undefined && other === undefined && isBold(only);
}

function itemBlocks({ title, rest, line }: Entry, number: number, { alignment, caption }: FlowBlock): FlowBlock[] {
  const nodes: HtmlNode[] = [{ text: `${number}. ` }, ...title];
  const linked = [...elementsIn(title, ({ name }) => name === 'a')];
  // A number in front of a link would not be of the title, so it goes inside of the bold part where there is none.
  const heading: FlowBlock = {
    kind: 'paragraph',
    level: 0,
    nodes: linked.length > 0 ? nodes : [{ name: 'strong', attributes: {}, children: nodes, line }],
    text: inlineText(nodes),
    alignment,
    caption,
    line,
  };
  return [heading, ...flowOf(rest, line)];
}
