import { type ElementNode, type HtmlNode, isElement } from '../source/html-tree.ts';

type Leaf = { kind: 'text'; node: { text: string }; depth: number } | { kind: 'break'; node: ElementNode } | { kind: 'picture' };

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef\ufe30-\ufe4f]$/u;
/** Chinese as well as Western punctuation: the character on the other side decides. */
const shared = /[\u2010-\u2027\u00b7]$/u;

/**
 * The inline content of one paragraph with its white space as a reader sees it: none at the ends, none where a line break
 * is between two CJK characters or marks, one space elsewhere; line breaks at the ends and empty elements are gone.
 */
export function tidyInline(nodes: readonly HtmlNode[]): HtmlNode[] {
  const leaves: Leaf[] = [];
  const copy = copied(nodes, leaves, 0);
  squeeze(leaves);
  const visible = leaves.map((leaf) => leaf.kind === 'picture' || (leaf.kind === 'text' && leaf.node.text !== ''));
  const [first, last] = [visible.indexOf(true), visible.lastIndexOf(true)];
  const outerBreaks = new Set<HtmlNode>();
  leaves.forEach((leaf, n) => {
    if (leaf.kind === 'break' && (first < 0 || n < first || n > last)) outerBreaks.add(leaf.node);
  });
  return withoutEmpty(copy, outerBreaks);
}

function copied(nodes: readonly HtmlNode[], leaves: Leaf[], depth: number): HtmlNode[] {
  return nodes.map((node) => {
    if (!isElement(node)) {
      const text = { text: node.text };
      leaves.push({ kind: 'text', node: text, depth });
      return text;
    }
    const element = { ...node };
    if (node.name === 'br') leaves.push({ kind: 'break', node: element });
    else if (node.name === 'img') leaves.push({ kind: 'picture' });
    else element.children = copied(node.children, leaves, depth + 1);
    return element;
  });
}

/** Walks through all texts as one: a run of white space may begin in one element and end in another. */
function squeeze(leaves: readonly Leaf[]) {
  let before = '';
  let gap: { leaf: { node: { text: string }; depth: number }; lineBreak: boolean } | undefined;
  for (const leaf of leaves) {
    if (leaf.kind === 'break') [before, gap] = ['', undefined];
    if (leaf.kind === 'picture') {
      if (gap && before) gap.leaf.node.text += ' ';
      [before, gap] = ['picture', undefined];
    }
    if (leaf.kind !== 'text') continue;
    const runs = leaf.node.text.match(/\s+|\S+/g) ?? [];
    leaf.node.text = '';
    for (const run of runs) {
      if (/^\s/.test(run)) {
        // The space goes to the outermost text, so that no link begins or ends with it.
        gap = { leaf: gap && gap.leaf.depth <= leaf.depth ? gap.leaf : leaf, lineBreak: gap?.lineBreak || run.includes('\n') };
        continue;
      }
      if (gap && before && !(gap.lineBreak && closesUp(before, run))) gap.leaf.node.text += ' ';
      gap = undefined;
      leaf.node.text += run;
      before = run.slice(-2);
    }
  }
}

function closesUp(before: string, after: string): boolean {
  const next = String.fromCodePoint(after.codePointAt(0) ?? 0);
  return cjk.test(before) ? cjk.test(next) || shared.test(next) : shared.test(before) && cjk.test(next);
}

function withoutEmpty(nodes: readonly HtmlNode[], outerBreaks: ReadonlySet<HtmlNode>): HtmlNode[] {
  const kept: HtmlNode[] = [];
  for (const node of nodes) {
    if (!isElement(node)) {
      if (node.text !== '') kept.push(node);
    } else if (node.name === 'img' || node.name === 'br') {
      if (!outerBreaks.has(node)) kept.push(node);
    } else {
      node.children = withoutEmpty(node.children, outerBreaks);
      if (node.children.length > 0) kept.push(node);
    }
  }
  return kept;
}

/** The text of tidied inline content; a line break is one, and the spaces on both sides of a picture are one too. */
export function inlineText(nodes: readonly HtmlNode[]): string {
  const text = textIn(nodes);
  return nodes.length > 1 ? text.replace(/ {2,}/g, ' ') : text;
}

const textIn = (nodes: readonly HtmlNode[]): string =>
  nodes.map((node) => (isElement(node) ? (node.name === 'br' ? '\n' : textIn(node.children)) : node.text)).join('');

/** The text of tidied inline content that is in no element of this name. */
export function textOutside(nodes: readonly HtmlNode[], name: string): string {
  return nodes.map((node) => (isElement(node) ? (node.name === name ? '' : textOutside(node.children, name)) : node.text)).join('');
}

/** Characters that take no room, such as those editors leave in empty paragraphs. */
export const isBlank = (text: string) => text.replace(/[\s\u200b-\u200d\u2060\ufeff]/g, '') === '';
