import MarkdownIt from 'markdown-it';
import { unreadable } from './unreadable.ts';

/** Quotes and lists inside one another; markdown-it drops what lies deeper, so we refuse it instead. */
const maxLevel = 30;

/** HTML of a CommonMark text with tables and strikethrough; every outermost block carries its line in the file as `data-line`. */
export function markdownHtml(source: string, line: number): string {
  const markdown = new MarkdownIt({ html: true, maxNesting: maxLevel + 10 });
  // Which addresses may stay is decided in one place for all formats, with a warning that names the others.
  markdown.validateLink = () => true;
  markdown.block.ruler.before('table', 'depth', (state, startLine) => {
    if (state.level > maxLevel) throw unreadable(line + startLine, `quotes or lists are nested more than ${maxLevel / 2} deep`);
    return false;
  });
  markdown.core.ruler.push('lines', ({ tokens }) => {
    for (const token of tokens) {
      if (!token.map || token.level > 0 || token.nesting < 0) continue;
      const at = line + token.map[0];
      // An element that no reader sees, since HTML in Markdown is passed on as it is.
      if (token.type === 'html_block') token.content = `<wbr data-line="${at}">${token.content}`;
      else token.attrSet('data-line', String(at));
    }
  });
  return markdown.render(source);
}
