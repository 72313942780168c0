import type { MarkdownIt, StateBlock } from 'markdown-it';

/** `##Title`, or `#标题`: with one sign, only before letters that nobody writes a programming language or a colour with. */
const withoutSpace = /^(?:(#{2,6})(?=[\p{L}\p{N}[])|(#)(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]))/u;
const longestHeading = 120;
const longestLine = 1_000;

/** Headings without a space behind their signs, as many Chinese editors’ tools read them; a line of #tags is none. */
export function hashHeadings(markdown: MarkdownIt): void {
  markdown.block.ruler.before('heading', 'hash_heading', hashHeading, { alt: ['paragraph', 'reference', 'blockquote'] });
}

function hashHeading(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (state.src.charCodeAt(start) !== 0x23) return false;
  const line = state.src.slice(start, Math.min(state.eMarks[startLine] ?? 0, start + longestLine)).trimEnd();
  const [signs] = withoutSpace.exec(line) ?? [];
  if (signs === undefined) return false;
  const words = line.slice(signs.length).replace(/[ \t]#+$/, '');
  const seen = words.replace(/\]\([^()\s]*\)/g, ']');
  // `#话题#` and `#读书 #生活` are tags, and so is one word behind which nothing comes.
  if (seen.length > longestHeading || seen.includes('#') || (signs === '#' && !/\s/.test(words) && isLast(state, startLine, endLine)))
    return false;
  if (silent) return true;
  const tag = `h${signs.length}`;
  const map: [number, number] = [startLine, startLine + 1];
  state.line = startLine + 1;
  Object.assign(state.push('heading_open', tag, 1), { markup: signs, map });
  Object.assign(state.push('inline', '', 0), { content: words.trim(), map, children: [] });
  state.push('heading_close', tag, -1).markup = signs;
  return true;
}

function isLast(state: StateBlock, startLine: number, endLine: number): boolean {
  for (let line = startLine + 1; line < endLine; line += 1) if (!state.isEmpty(line)) return false;
  return true;
}
