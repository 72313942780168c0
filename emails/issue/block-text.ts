import { parseDocument } from 'htmlparser2';
import { withoutControls } from '../fill-email.ts';
import { joinLines } from './mail-block-html.ts';

type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: unknown }>;

export type TextContext = {
  /** What a link without a host belongs to, e.g. `https://news.example.org`. */
  origin: string;
  /** Says that here is a picture, in the issue's language. */
  imageWord: string;
};

// A line break the author made. It cannot be in a text, since control characters are taken out of those.
const lineBreak = '\u000b';

const blocks = new Set('p h1 h2 h3 h4 h5 h6 ul ol li blockquote table pre figure figcaption hr div section dl dt dd caption'.split(' '));
const silent = new Set(['script', 'style', 'head', 'template']);

/**
 * An issue's HTML as plain text: one paragraph is one line, a link is behind its words as `<https://…>`, list items
 * keep their marks, a table row is one line, code is indented, a quote bears `>`.
 */
export const blockText = (html: string, context: TextContext): string => linesOf(parseDocument(html).children, context).join('\n');

function linesOf(nodes: readonly Node[], context: TextContext): string[] {
  const lines: string[] = [];
  let run = '';
  const endRun = () => {
    for (const line of run.split(lineBreak)) {
      const shown = joinLines(line).trim();
      if (shown) lines.push(shown);
    }
    run = '';
  };
  for (const node of nodes) {
    if (!isElement(node) || !blocks.has(node.name)) {
      run += inlineText(node, context);
      continue;
    }
    endRun();
    // One by one: a listing of a hundred thousand lines is more than a call takes arguments.
    for (const line of blockLines(node, context)) lines.push(line);
  }
  endRun();
  return lines;
}

function blockLines(element: Element, context: TextContext): string[] {
  const { name, children } = element;
  if (name === 'hr') return ['* * *'];
  if (name === 'pre')
    return rawText(element)
      .replace(/^\n|\n$/g, '')
      .split('\n')
      .map((line) => `    ${line}`.trimEnd());
  if (name === 'blockquote') return linesOf(children, context).map((line) => `> ${line}`);
  if (name === 'table')
    return rowsOf(element).map((row) =>
      row.children
        .filter(isElement)
        .map((cell) => linesOf(cell.children, context).join(' '))
        .join(' | '),
    );
  if (name === 'ul' || name === 'ol') return listLines(element, context);
  return linesOf(children, context);
}

function listLines({ name, children, attribs }: Element, context: TextContext) {
  const first = Number(attribs.start ?? 1) || 1;
  return children
    .filter((node) => isElement(node) && node.name === 'li')
    .flatMap((item, n) => {
      const mark = name === 'ol' ? `${first + n}. ` : '- ';
      return linesOf(childrenOf(item), context).map((line, m) => (m === 0 ? mark : ' '.repeat(mark.length)) + line);
    });
}

const rowsOf = (node: Node): Element[] =>
  childrenOf(node).flatMap((child) => (isElement(child) && child.name === 'tr' ? [child] : rowsOf(child)));

function inlineText(node: Node, context: TextContext): string {
  if (node.type === 'text') return withoutControls(node.data);
  if (!isElement(node) || silent.has(node.name)) return '';
  if (node.name === 'br') return lineBreak;
  if (node.name === 'img') return imageText(node.attribs, context);
  // The way back from a footnote.
  if (node.name === 'a' && node.attribs.href?.startsWith('#fnref')) return '';
  const words = node.children.map((child) => inlineText(child, context)).join('');
  return node.name === 'a' ? words + linkTarget(node.attribs.href, words, context) : words;
}

function linkTarget(href: string | undefined, words: string, { origin }: TextContext) {
  // A footnote's mark leads nowhere outside of its page.
  if (!href || href.startsWith('#') || words.trim() === '' || !URL.canParse(href, origin)) return '';
  const target = new URL(href, origin).href;
  return [href, target, target.replace(/^(mailto|tel):/, ''), target.replace(/\/$/, '')].includes(words.trim()) ? '' : ` <${target}>`;
}

function imageText({ src, alt = '' }: Record<string, string>, { origin, imageWord }: TextContext) {
  const address = src && URL.canParse(src, origin) ? new URL(src, origin).href : '';
  const label = [imageWord, withoutControls(alt).trim()].filter(Boolean).join(': ');
  return ` [${label}]${/^https?:/.test(address) ? ` <${address}>` : ''} `;
}

const isElement = (node: Node): node is Element => 'attribs' in node;
const childrenOf = (node: Node): readonly Node[] => ('children' in node ? node.children : []);
const rawText = (node: Node): string => (node.type === 'text' ? withoutControls(node.data) : childrenOf(node).map(rawText).join(''));
