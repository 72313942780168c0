import type { MarkdownIt, Token } from 'markdown-it';
import { withoutEnd } from '../../../platform/without-end.ts';

/** `{#id .class width=300}` and kramdown's `{: …}`; with anything else inside, braces are text. */
const list = /^\{(?=[:#.]|[\w-]{1,40}=)([^{}\n]{0,300})\}/;
const lastList = /^\{(?=[:#.]|[\w-]{1,40}=)[^{}\n]{0,300}\}[ \t]*$/;
/** Pandoc’s `[words]{.class}`. */
const span = /\[([^[\]{}\n]{1,200})\]\{[.#][^{}\n]{1,200}\}/g;
const takesOne = new Set(['image', 'link_close', 'strong_close', 'em_close', 'code_inline', 's_close']);

/**
 * Attributes that site generators write behind headings, links, pictures and blocks are no text. Of all of them only the
 * width and height of pictures mean something in a mail; Obsidian writes those as `![words|300x200](…)`.
 */
export function attributeLists(markdown: MarkdownIt): void {
  markdown.core.ruler.after('text_join', 'attribute_lists', (state) => {
    state.tokens.forEach((token, n) => {
      if (token.type !== 'inline' || !token.children) return;
      const { children } = token;
      children.forEach((child, at) => {
        if (child.type === 'image') sizeInWords(child);
        if (child.type === 'text') behind(child, children[at - 1]);
      });
      if (state.tokens[n - 1]?.type === 'heading_open') endOfHeading(children);
      else {
        startOfBlock(children);
        endOfBlock(children);
      }
    });
    state.tokens = withoutEmptyParagraphs(state.tokens);
  });
}

function behind(text: Token, before: Token | undefined) {
  if (text.content.includes(']{')) text.content = text.content.replace(span, '$1');
  if (!text.content.startsWith('{') || !before || !takesOne.has(before.type)) return;
  const [written, attributes = ''] = list.exec(text.content) ?? [];
  if (written === undefined) return;
  text.content = text.content.slice(written.length);
  if (before.type === 'image') for (const [side, said] of sides) setSide(before, side, said.exec(attributes)?.[1]);
}

const sides = [
  ['width', /(?:^|\s)width\s*=\s*["']?(\d{1,4}(?:\.\d{1,4})?(?:px|%)?)["']?(?:\s|$)/],
  ['height', /(?:^|\s)height\s*=\s*["']?(\d{1,4}(?:\.\d{1,4})?(?:px|%)?)["']?(?:\s|$)/],
] as const;

function setSide(picture: Token, side: string, value: string | undefined) {
  if (value && Number.parseFloat(value) > 0) picture.attrSet(side, value);
}

function sizeInWords(picture: Token) {
  const last = picture.children?.at(-1);
  const [written, width, height] = /\|\s*(\d{1,4})(?:x(\d{1,4}))?\s*$/.exec(last?.content.slice(-20) ?? '') ?? [];
  if (!last || written === undefined) return;
  last.content = last.content.slice(0, -written.length).trimEnd();
  setSide(picture, 'width', width);
  setSide(picture, 'height', height);
}

/** More than one list may follow, and the white space before them goes too. */
function endOfHeading(children: readonly Token[]) {
  const last = children.at(-1);
  for (let n = 0; n < 5 && last?.type === 'text' && last.content.trimEnd().endsWith('}'); n += 1) {
    const shorter = cutAtEnd(last.content);
    if (shorter === last.content) return;
    last.content = shorter;
  }
}

/** Kramdown’s list in the line above a paragraph. */
function startOfBlock(children: Token[]) {
  const [first, second] = children;
  if (first?.type !== 'text' || second?.type !== 'softbreak' || !first.content.startsWith('{:')) return;
  if (list.exec(first.content)?.[0] === first.content.trimEnd()) children.splice(0, 2);
}

/** Kramdown’s list in the line below a paragraph. */
function endOfBlock(children: Token[]) {
  const last = children.at(-1);
  if (last?.type !== 'text' || !/^\{[:#.]/.test(last.content) || cutAtEnd(last.content) !== '') return;
  const before = children.at(-2);
  if (before && before.type !== 'softbreak' && before.type !== 'hardbreak') return;
  children.splice(before ? -2 : -1);
}

function cutAtEnd(text: string): string {
  const from = text.lastIndexOf('{');
  return lastList.test(text.slice(from)) ? withoutEnd(text.slice(0, from), /[ \t]/) : text;
}

function withoutEmptyParagraphs(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (const token of tokens) {
    const inline = kept.at(-1);
    const isEmpty = inline?.type === 'inline' && inline.children?.length === 0;
    if (token.type === 'paragraph_close' && isEmpty && kept.at(-2)?.type === 'paragraph_open') kept.splice(-2);
    else kept.push(token);
  }
  return kept;
}
