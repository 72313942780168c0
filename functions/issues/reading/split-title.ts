import { type ElementNode, elementsIn, type HtmlNode, isElement } from '../source/html-tree.ts';
import { inlineText, tidyInline } from './inline-text.ts';

/** A title is plain text with at most one link; `rest` is what a title cannot hold: its pictures, and the text from a second link on. */
export type SplitTitle = { text: string; url: string | null; rest: HtmlNode[][] };

/** Makes a title of a paragraph's or heading's content, losing nothing of it. */
export function splitTitle(nodes: readonly HtmlNode[]): SplitTitle {
  const links = [...elementsIn(nodes, ({ name }) => name === 'a')].filter((link) => inlineText(link.children) !== '');
  const parts = links.length > 1 ? splitAfterLink(nodes) : { title: [...nodes], rest: [] };
  const shown = [...elementsIn(parts.title, ({ name }) => name === 'img')];
  const pictures = shown.map((picture) => linked(picture, parts.title));
  return {
    text: oneLine(inlineText(parts.title)),
    url: links[0]?.attributes.href ?? null,
    rest: [pictures, tidyInline(parts.rest)].filter((part) => part.length > 0),
  };
}

const oneLine = (text: string) => text.replace(/\s+/g, (blanks) => (blanks.includes('\n') ? ' ' : blanks)).trim();

/** With bold and the like gone, since titles have none, the first link is on the top level. */
function splitAfterLink(nodes: readonly HtmlNode[]) {
  const plain = (node: HtmlNode): HtmlNode[] =>
    isElement(node) && node.name !== 'a' && node.children.length > 0 ? node.children.flatMap(plain) : [node];
  const flat = nodes.flatMap(plain);
  const end = 1 + flat.findIndex((node) => isElement(node) && node.name === 'a' && inlineText(node.children) !== '');
  return { title: flat.slice(0, end), rest: flat.slice(end) };
}

/** A picture that was a link by itself stays one; inside a link with words, the title has that link. */
function linked(picture: ElementNode, nodes: readonly HtmlNode[]): HtmlNode {
  const around = elementsIn(nodes, (element) => element.name === 'a' && element.children.length === 1 && element.children[0] === picture);
  return around.next().value ?? picture;
}
