import type { MarkdownIt } from 'markdown-it';

const unresolved = /\[[^[\]\n]{1,200}\]\[([^[\]\n]{0,100})\]|\[(\^[^[\]\s]{1,80})\]/g;
const mostTold = 50;

/** Tells of `[words][name]` and `[^name]` that nothing in the text defines: they stay as they are written. */
export function missingReferences(markdown: MarkdownIt, tell: (reference: string, line: number) => void): void {
  markdown.core.ruler.after('text_join', 'missing_references', ({ tokens }) => {
    let told = 0;
    let line = 0;
    for (const { type, map, children } of tokens) {
      line = map?.[0] ?? line;
      if (type !== 'inline' || !children) continue;
      const text = children.map((child) => (child.type === 'text' ? child.content : '\n')).join('');
      if (!text.includes('][') && !text.includes('[^')) continue;
      for (const [written] of text.matchAll(unresolved)) if (told++ < mostTold) tell(written.slice(0, 80), line);
    }
  });
}
