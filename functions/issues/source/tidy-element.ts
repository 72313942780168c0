import type { FlowBlock } from '../reading/flow-block.ts';
import { alignmentOf } from './alignment.ts';
import { type ElementNode, elementsIn, findElement, type HtmlNode, isElement } from './html-tree.ts';

type Flow = (nodes: readonly HtmlNode[], line: number) => FlowBlock[];
type Tidied = { element: ElementNode; text: string };

const element = (name: string, children: HtmlNode[], line: number, attributes: Record<string, string> = {}): ElementNode => ({
  name,
  attributes,
  children,
  line,
});

/** A list with nothing in it but its entries; what strayed between them becomes one. */
export function tidyList(list: ElementNode, flow: Flow): Tidied {
  const entries = list.name === 'dl' ? new Set(['dt', 'dd']) : new Set(['li']);
  const parts = partsOf(list.children, entries).map((part): Tidied => {
    const name = 'name' in part ? part.name : list.name === 'dl' ? 'dd' : 'li';
    return cell(name, part, list.line, flow, {
      ...attributesOf(part, ['value']),
      ...('name' in part && part.attributes.id !== undefined && { id: part.attributes.id }),
    });
  });
  return {
    element: element(
      list.name,
      parts.map((part) => part.element),
      list.line,
      attributesOf(list, ['start']),
    ),
    text: parts.map(({ text }) => text).join('\n'),
  };
}

/** A table is layout when it has one column, or blocks in its cells that a table of facts does not have. */
export function isLayoutTable(table: ElementNode): boolean {
  const rows = [...elementsIn(table.children, ({ name }) => name === 'tr')];
  const isHead = ({ name }: HtmlNode & ElementNode) => name === 'th' || name === 'caption';
  if (findElement(table.children, ({ name }) => name === 'table' || /^h[1-6]$/.test(name))) return true;
  if (findElement(table.children, isHead)) return false;
  return rows.every(({ children }) => children.filter(isElement).length < 2);
}

/** A table with nothing in it but rows of cells; what strayed between them becomes a row. */
export function tidyTable(table: ElementNode, flow: Flow): Tidied {
  const head: HtmlNode[] = [];
  const rows: Tidied[] = [];
  const add = (nodes: readonly HtmlNode[]) => {
    for (const part of partsOf(nodes, new Set(['thead', 'tbody', 'tfoot', 'tr', 'caption']))) {
      if (!('name' in part) || part.name === 'tr') rows.push(tidyRow(part, table.line, flow));
      else if (part.name === 'caption') rows.push(cell('caption', part, part.line, flow, {}));
      else add(part.children);
    }
  };
  add(table.children);
  const captions = rows.filter((row) => row.element.name === 'caption');
  const body = rows.filter((row) => row.element.name !== 'caption');
  head.push(...captions.map((row) => row.element));
  const children = [
    ...head,
    element(
      'tbody',
      body.map((row) => row.element),
      table.line,
    ),
  ];
  return { element: element('table', children, table.line), text: [...captions, ...body].map(({ text }) => text).join('\n') };
}

function tidyRow(row: ElementNode | Stray, line: number, flow: Flow): Tidied {
  const cells = partsOf(row.children, new Set(['td', 'th'])).map((part) =>
    cell('name' in part ? part.name : 'td', part, line, flow, { ...attributesOf(part, ['colspan', 'rowspan']), ...columnOf(part, row) }),
  );
  return {
    element: element(
      'tr',
      cells.map((part) => part.element),
      line,
    ),
    text: cells.map(({ text }) => text).join('\t'),
  };
}

/** Numbers are set at the right where the source says so; left is how a cell is set anyway. */
function columnOf(part: ElementNode | Stray, row: ElementNode | Stray): Record<string, string> {
  const said = (each: ElementNode | Stray) => ('name' in each ? alignmentOf(each) : undefined);
  const align = said(part) ?? said(row);
  return align === 'right' || align === 'center' ? { align } : {};
}

/** Holds inline content as it is, and paragraphs only where there is more than one block. */
function cell(name: string, { children }: { children: HtmlNode[] }, line: number, flow: Flow, attributes: Record<string, string>): Tidied {
  const blocks = flow(children, line);
  const inside = blocks.flatMap((block, n): HtmlNode[] => {
    const isFirstRun = n === 0 && (block.kind === 'paragraph' || block.kind === 'image');
    const sole = isFirstRun && blocks.slice(1).every(({ kind }) => kind === 'list');
    return sole ? block.nodes : [blockElement(block)];
  });
  return { element: element(name, inside, line, attributes), text: blocks.map(({ text }) => text).join('\n') };
}

/** The block as an element of its own, inside another. */
export function blockElement({ kind, level, nodes, line }: FlowBlock): HtmlNode {
  const [only] = nodes;
  if (kind === 'heading') return element(`h${level}`, nodes, line);
  return kind === 'paragraph' || kind === 'image' || !only ? element('p', nodes, line) : only;
}

type Stray = { children: HtmlNode[] };

/** The wanted elements, and between them what is not blank. */
function partsOf(nodes: readonly HtmlNode[], wanted: ReadonlySet<string>): (ElementNode | Stray)[] {
  const parts: (ElementNode | Stray)[] = [];
  for (const node of nodes) {
    const last = parts.at(-1);
    if (isElement(node) && wanted.has(node.name)) parts.push(node);
    else if (last && !('name' in last)) last.children.push(node);
    else if (isElement(node) || node.text.trim() !== '') parts.push({ children: [node] });
  }
  return parts;
}

function attributesOf(part: ElementNode | Stray, names: readonly string[]): Record<string, string> {
  if (!('name' in part)) return {};
  return Object.fromEntries(
    names.map((name) => [name, part.attributes[name] ?? '']).filter(([, value]) => /^-?\d{1,5}$/.test(value ?? '')),
  );
}
