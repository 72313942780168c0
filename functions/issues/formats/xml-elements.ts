import { DomHandler, DomUtils, Parser, type parseDocument } from 'htmlparser2';
import { Refusal } from '../../platform/refusal.ts';

type Node = ReturnType<typeof parseDocument>['children'][number];
export type XmlElement = Extract<Node, { attribs: unknown }>;

const isElement = (node: Node): node is XmlElement => 'attribs' in node;

const maxElements = 100_000;
/** No feed nests so deep. The parser's own time grows with the square of the depth, and what reads a tree recurses. */
const maxDepth = 200;

class BoundedHandler extends DomHandler {
  readonly #line: () => number;
  #elements = 0;
  #depth = 0;

  constructor(line: () => number) {
    super();
    this.#line = line;
  }

  override onopentag(...element: Parameters<DomHandler['onopentag']>) {
    this.#elements += 1;
    this.#depth += 1;
    if (this.#elements > maxElements) throw new Refusal('too_many_elements', { most: maxElements });
    if (this.#depth > maxDepth) throw new Refusal('elements_too_deep', { line: this.#line(), most: maxDepth });
    super.onopentag(...element);
  }

  override onclosetag() {
    this.#depth -= 1;
    super.onclosetag();
  }
}

/** The root of an XML text; undefined where it has no element. */
export function parseXml(text: string): XmlElement | undefined {
  const handler = new BoundedHandler(() => text.slice(0, parser.startIndex).split('\n').length);
  const parser = new Parser(handler, { xmlMode: true });
  parser.end(text);
  return xmlElements(handler.root)[0];
}

/** The elements right inside of another. */
export const xmlElements = (node: { children: readonly unknown[] }): XmlElement[] => (node.children as Node[]).filter(isElement);

/** All text inside; of nothing, none. */
export const innerText = (element: XmlElement | undefined): string => (element ? DomUtils.textContent(element) : '');

/** What an element holds as markup: its text, or, as Atom allows it, elements of XHTML. */
export function innerMarkup(element: XmlElement): string {
  const inside = xmlElements(element);
  return inside.length > 0 ? DomUtils.getInnerHTML(element, { xmlMode: false }) : innerText(element);
}
