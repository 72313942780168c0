import { Parser } from 'htmlparser2';
import { Refusal } from '../../platform/refusal.ts';

type TextNode = { text: string };
export type ElementNode = { name: string; attributes: Readonly<Record<string, string>>; children: HtmlNode[]; line: number };
export type HtmlNode = TextNode | ElementNode;

export const isElement = (node: HtmlNode): node is ElementNode => 'name' in node;

/** Some twenty times what a long issue has; every step after this one costs by the element. */
const maxElements = 100_000;
/** Deeper elements are left out and their text stays: nothing a person wrote nests so deep, and later steps recurse. */
const maxDepth = 80;
/** Beyond this the parser's own time grows with the square. */
const maxOpen = 2_000;

/** No source can have an element of this name. */
const listMark = '#list-mark';

export type SourceLines = {
  /** Where the source begins in the file. */
  line: number;
  /** Whether blocks say their line in the file as `data-line`, as those made of Markdown do. */
  marked?: boolean;
};

/** The elements and texts of an HTML source. */
export function parseHtml(source: string, { line, marked = false }: SourceLines): ElementNode {
  const root: ElementNode = { name: 'root', attributes: {}, children: [], line };
  const open: (ElementNode | undefined)[] = [];
  let current = root;
  const path = [root];
  const lineOf = marked ? markedLines(line) : sourceLines(source, line);
  let elements = 0;
  const leave = () => {
    path.pop();
    current = path.at(-1) ?? root;
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      elements += 1;
      if (elements > maxElements) throw new Refusal('too_many_elements', { most: maxElements });
      const at = lineOf(parser.startIndex, attributes);
      if (open.length >= maxOpen) throw new Refusal('elements_too_deep', { line: at, most: maxOpen });
      const element = path.length < maxDepth ? { name, attributes, children: [], line: at } : undefined;
      open.push(element);
      if (!element) return;
      current.children.push(element);
      path.push(element);
      current = element;
    },
    onclosetag() {
      if (current.name === listMark) leave();
      if (!open.pop()) return;
      leave();
    },
    // `<![if !supportLists]>`: what Word writes for programs without lists, up to `<![endif]>`.
    oncomment(data) {
      if (/^\[if !supportLists\]/i.test(data) && path.length < maxDepth) {
        const mark: ElementNode = { name: listMark, attributes: {}, children: [], line: current.line };
        current.children.push(mark);
        path.push(mark);
        current = mark;
      } else if (data === '[endif]' && current.name === listMark) leave();
    },
    ontext(text) {
      const last = current.children.at(-1);
      if (last && !isElement(last)) last.text += text;
      else current.children.push({ text });
    },
  });
  parser.end(source);
  return root;
}

/** Offsets only ever grow, so counting goes on from the last one. */
function sourceLines(source: string, first: number) {
  let line = first;
  let newline = source.indexOf('\n');
  return (offset: number) => {
    while (newline >= 0 && newline < offset) {
      line += 1;
      newline = source.indexOf('\n', newline + 1);
    }
    return line;
  };
}

/** What has no line of its own is where the element before it was. */
function markedLines(first: number) {
  let line = first;
  return (_offset: number, { 'data-line': own }: Readonly<Record<string, string>>) => {
    line = Number(own) || line;
    return line;
  };
}

/** All text inside, as written. */
export function textContent(node: HtmlNode): string {
  return isElement(node) ? node.children.map(textContent).join('') : node.text;
}

/** The elements inside that `wanted` accepts, in document order. */
export function* elementsIn(nodes: readonly HtmlNode[], wanted: (element: ElementNode) => boolean): Generator<ElementNode> {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    if (wanted(node)) yield node;
    yield* elementsIn(node.children, wanted);
  }
}

/** The first element inside that `wanted` accepts. */
export function findElement(nodes: readonly HtmlNode[], wanted: (element: ElementNode) => boolean): ElementNode | undefined {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    const found = wanted(node) ? node : findElement(node.children, wanted);
    if (found) return found;
  }
  return undefined;
}

export const isLink = ({ name }: ElementNode) => name === 'a';
export const isPicture = ({ name }: ElementNode) => name === 'img';
