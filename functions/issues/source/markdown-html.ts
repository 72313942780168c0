import MarkdownIt, { type StateBlock } from 'markdown-it';
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
  markdown.block.ruler.before('reference', 'footnote', footnote);
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

/**
 * `[^1]: a note` is no definition of a link, which would make its text vanish and its mark lead to the note's first word:
 * it is a paragraph of its own, mark and all.
 */
const footnote = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
  const lineAt = (line: number) => state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const mark = /^\[\^[^\]\s]{1,80}\]:(?=\s|$)/;
  if (state.sCount[startLine] !== undefined && state.sCount[startLine] - state.blkIndent >= 4) return false;
  if (!mark.test(lineAt(startLine))) return false;
  if (silent) return true;
  const nextLine = endOfParagraph(state, startLine, endLine);
  const open = state.push('paragraph_open', 'p', 1);
  open.map = [startLine, nextLine];
  const inline = state.push('inline', '', 0);
  inline.content = state.getLines(startLine, nextLine, state.blkIndent, false).trim();
  inline.map = [startLine, nextLine];
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  state.line = nextLine;
  return true;
};

/** Where a paragraph that begins on this line ends, by the rules that end any other (markdown-it's own `paragraph`). */
function endOfParagraph(state: StateBlock, startLine: number, endLine: number): number {
  const ends = state.md.block.ruler.getRules('paragraph');
  const outer = state.parentType;
  state.parentType = 'paragraph';
  let line = startLine + 1;
  for (; line < endLine && !state.isEmpty(line); line += 1) {
    const indent = state.sCount[line] ?? 0;
    // Indented code and quotes that go on without their mark do not end a paragraph.
    if (indent - state.blkIndent > 3 || indent < 0) continue;
    if (ends.some((rule) => rule(state, line, endLine, true)) || footnote(state, line, endLine, true)) break;
  }
  state.parentType = outer;
  return line;
}
