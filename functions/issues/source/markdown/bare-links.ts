import type { MarkdownIt, Token } from 'markdown-it';
import { withoutEnd } from '../../../platform/without-end.ts';

const address = /https?:\/\/[^\s<>"'`|｜\\^{}\u3000-\u303f\uff00-\uffef\u2018-\u201f\u2026]{4,2000}/gi;
/** What ends a sentence ends no address. */
const sentenceEnd = /[.,;:!?*_~]/;
/** Han right behind a Latin letter is the sentence's; behind a slash it is of the address. */
const nextWord = /(?<=[\w.-])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Addresses that stand in the text as they are become links, as most tools for Markdown have it. */
export function bareLinks(markdown: MarkdownIt): void {
  markdown.core.ruler.after('text_join', 'bare_links', (state) => {
    for (const token of state.tokens) {
      if (token.type !== 'inline' || !token.children || !/https?:\/\//i.test(token.content)) continue;
      let links = 0;
      token.children = token.children.flatMap((child) => {
        if (child.type === 'link_open' || /^<a[\s>]/i.test(child.content)) links += 1;
        else if (child.type === 'link_close' || /^<\/a\s*>/i.test(child.content)) links -= 1;
        return child.type === 'text' && links <= 0 ? linked(child, (type, tag, nesting) => new state.Token(type, tag, nesting)) : [child];
      });
    }
  });
}

type Create = (type: string, tag: string, nesting: Token['nesting']) => Token;

function linked(text: Token, create: Create): Token[] {
  const tokens: Token[] = [];
  const add = (content: string) => {
    if (content !== '') tokens.push(Object.assign(create('text', '', 0), { content, level: text.level }));
  };
  let end = 0;
  for (const { 0: written, index } of text.content.matchAll(address)) {
    const href = ended(written);
    if (!URL.canParse(href)) continue;
    add(text.content.slice(end, index));
    const open = create('link_open', 'a', 1);
    open.attrs = [['href', href]];
    tokens.push(open);
    add(href);
    tokens.push(create('link_close', 'a', -1));
    end = index + href.length;
  }
  add(text.content.slice(end));
  return tokens;
}

function ended(written: string): string {
  const before = withoutEnd(written.slice(0, nextWord.exec(written)?.index ?? written.length), sentenceEnd);
  // A bracket around the address is not of it.
  return before.endsWith(')') && !before.includes('(') ? before.slice(0, -1) : before;
}
