import type { BlockKind } from '../issue.ts';
import { type Alignment, alignmentOf } from '../source/alignment.ts';
import { type ElementNode, findElement, type HtmlNode, isElement, isPicture, textContent } from '../source/html-tree.ts';
import { blockElement, isLayoutTable, tidyList, tidyTable } from '../source/tidy-element.ts';
import type { FlowBlock } from './flow-block.ts';
import { inlineText, isBlank, tidyInline } from './inline-text.ts';

type Place = { alignment: Alignment | undefined; line: number; caption: boolean; wrappers: readonly ElementNode[] };

const blockNames = new Set(
  `main article section header footer aside div center figure figcaption details summary fieldset form address hgroup body root
  p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr table caption thead tbody tfoot tr td th`.split(/\s+/),
);

/** The blocks of a cleaned tree in reading order; containers leave no trace but their alignment. */
export function flowOf(nodes: readonly HtmlNode[], line = 1): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  walk(nodes, { alignment: undefined, line, caption: false, wrappers: [] }, blocks);
  return blocks;
}

/** Remembered per element: asked again at every level above, it would cost the depth squared. */
const blockAnswers = new WeakMap<ElementNode, boolean>();

/** Whether an element is a block or has one inside. */
function isBlock(node: HtmlNode): node is ElementNode {
  if (!isElement(node)) return false;
  const known = blockAnswers.get(node);
  if (known !== undefined) return known;
  const answer = blockNames.has(node.name) || node.children.some(isBlock);
  blockAnswers.set(node, answer);
  return answer;
}

/** Gathers what is between blocks into paragraphs of its own. */
function walk(nodes: readonly HtmlNode[], place: Place, into: FlowBlock[]) {
  let run: HtmlNode[] = [];
  const endRun = () => {
    if (run.length > 0) into.push(...paragraphs(run, place));
    run = [];
  };
  for (const node of nodes) {
    if (!isBlock(node)) {
      run.push(node);
      continue;
    }
    endRun();
    addElement(node, place, into);
  }
  endRun();
}

function addElement(element: ElementNode, around: Place, into: FlowBlock[]) {
  const { name, children } = element;
  const place = { ...around, alignment: alignmentOf(element) ?? around.alignment, line: element.line };
  const whole = (kind: BlockKind, node: ElementNode, text: string) => {
    if (!isBlank(text) || hasPicture([node])) into.push({ ...blockAt(place), kind, nodes: [node], text });
  };
  const level = /^h([1-6])$/.exec(name)?.[1];
  if (level) return addHeading(element, Number(level), place, into);
  if (name === 'hr') return void into.push({ ...blockAt(place), kind: 'rule', nodes: [{ ...element, attributes: {} }], text: '' });
  if (name === 'pre') return whole('code', { ...element, attributes: {} }, textContent(element).replace(/^\n|\n$/g, ''));
  if (name === 'ul' || name === 'ol' || name === 'dl') {
    const list = tidyList(element, flowOf);
    const isNotes = list.element.children.some((entry) => isElement(entry) && /^fn-\d/.test(entry.attributes.id ?? ''));
    return whole(isNotes ? 'footnotes' : 'list', list.element, list.text);
  }
  if (name === 'table' && !isLayoutTable(element)) {
    const table = tidyTable(element, flowOf);
    return whole('table', table.element, table.text);
  }
  if (name === 'blockquote') {
    const blocks = flowOf(children, element.line);
    const quote = { ...element, attributes: {}, children: blocks.map(blockElement) };
    return whole('quote', quote, blocks.map(({ text }) => text).join('\n'));
  }
  const wrappers = blockNames.has(name) ? place.wrappers : [...place.wrappers, element];
  walk(children, { ...place, wrappers, caption: place.caption || name === 'figcaption' }, into);
}

/** A heading stays one, whatever its template puts inside it. */
function addHeading(element: ElementNode, level: number, place: Place, into: FlowBlock[]) {
  const inline = (nodes: readonly HtmlNode[]): HtmlNode[] =>
    nodes.flatMap((node) =>
      isElement(node) && blockNames.has(node.name) ? [{ text: ' ' }, ...inline(node.children), { text: ' ' }] : [node],
    );
  const nodes = tidyInline(inline(element.children));
  const text = inlineText(nodes);
  if (isBlank(text)) into.push(...paragraphs(nodes, place));
  else into.push({ ...blockAt(place), kind: 'heading', level, nodes, text });
}

function paragraphs(nodes: readonly HtmlNode[], place: Place): FlowBlock[] {
  return splitAtBlankLines(nodes).flatMap((part): FlowBlock[] => {
    const wrapped = place.wrappers.reduceRight<HtmlNode[]>((inner, wrapper) => [{ ...wrapper, children: inner }], [...part]);
    const tidy = tidyInline(wrapped);
    const text = inlineText(tidy);
    if (!isBlank(text)) return [{ ...blockAt(place), kind: 'paragraph', nodes: tidy, text }];
    return hasPicture(tidy) ? [{ ...blockAt(place), kind: 'image', nodes: pictures(tidy), text: '' }] : [];
  });
}

/** Two line breaks in a row are how many editors write a new paragraph. */
function splitAtBlankLines(nodes: readonly HtmlNode[]): HtmlNode[][] {
  const parts: HtmlNode[][] = [[]];
  let breaks: HtmlNode[] = [];
  for (const node of nodes) {
    const isBreak = isElement(node) && node.name === 'br';
    if (isBreak || (breaks.length > 0 && !isElement(node) && isBlank(node.text))) {
      breaks.push(node);
      continue;
    }
    if (breaks.filter(isElement).length > 1) parts.push([]);
    else parts.at(-1)?.push(...breaks);
    breaks = [];
    parts.at(-1)?.push(node);
  }
  return parts;
}

/** Pictures without the formatting around them; a link stays. */
function pictures(nodes: readonly HtmlNode[]): HtmlNode[] {
  return nodes.flatMap((node): HtmlNode[] => {
    if (!isElement(node) || node.name === 'br') return [];
    if (node.name === 'img') return [node];
    const inner = pictures(node.children);
    return node.name === 'a' && inner.length > 0 ? [{ ...node, children: inner }] : inner;
  });
}

const hasPicture = (nodes: readonly HtmlNode[]) => findElement(nodes, isPicture) !== undefined;

const blockAt = ({ alignment, caption, line }: Place) => ({ level: 0, alignment, caption, line });

/** Part of a block as one of its own, at the same place. */
export function partOf(block: FlowBlock, nodes: HtmlNode[]): FlowBlock {
  const text = inlineText(nodes);
  return {
    ...block,
    level: 0,
    ...(isBlank(text) ? { kind: 'image', nodes: pictures(nodes), text: '' } : { kind: 'paragraph', nodes, text }),
  };
}
