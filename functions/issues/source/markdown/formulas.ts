import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { escapeHtml } from '../../../platform/html.ts';
import { texText } from '../tex-text.ts';

const longest = 500;
const longestBlock = 200;
/** A text of so many signs that open nothing has no formulas; looking on would cost each of them all that follows it. */
const maxMisses = 500;
/** A price has none of these. */
const isFormula = /[\\^_={}<>+*/|]|^\p{L}$|^\p{L}\s?\(/u;

/** `$…$`, `\(…\)` and, as blocks, `$$…$$` and `\[…\]`: a mail shows no typeset formula, so it is written in plain characters. */
export function formulas(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'formula', formula);
  markdown.block.ruler.before('fence', 'formula_block', formulaBlock, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  markdown.renderer.rules.formula_block = (tokens, n) => {
    const token = tokens[n];
    return `<p data-line="${token?.attrGet('data-line') ?? ''}">${escapeHtml(texText(token?.content ?? ''))}</p>\n`;
  };
}

type Environment = { misses?: number };
const missesOf = ({ env }: { env: unknown }) => (env as Environment).misses ?? 0;

function miss(state: { env: unknown }): false {
  (state.env as Environment).misses = missesOf(state) + 1;
  return false;
}

const fences: readonly [open: string, close: string][] = [
  ['$$', '$$'],
  ['\\[', '\\]'],
  ['\\(', '\\)'],
  ['$', '$'],
];

function formula(state: StateInline, silent: boolean): boolean {
  const first = state.src[state.pos];
  if ((first !== '$' && first !== '\\') || missesOf(state) > maxMisses) return false;
  const [open, close] = fences.find(([sign]) => state.src.startsWith(sign, state.pos)) ?? [];
  if (!open || !close) return false;
  const ahead = state.src.slice(state.pos + open.length, Math.min(state.posMax, state.pos + longest));
  const length = open === '$' ? dollarEnd(ahead) : ahead.indexOf(close);
  if (length <= 0) return miss(state);
  const tex = ahead.slice(0, length);
  // `\[` is how a bracket is kept from being a link’s.
  if (open !== '$$' && !isFormula.test(tex.trim())) return false;
  if (open === '\\[' && !/[\\^_=]/.test(tex)) return false;
  if (!silent) state.push('text', '', 0).content = texText(tex);
  state.pos += open.length + length + close.length;
  return true;
}

/** Pandoc’s rule: no space inside of the signs, and no digit behind, so that two prices in a line are no formula. */
function dollarEnd(ahead: string): number {
  if (/^[\s$]/.test(ahead)) return -1;
  const end = /(?<![\s\\])\$(?![\d$])/.exec(ahead.split('\n\n', 1)[0] ?? '');
  return end && !ahead.slice(0, end.index).includes('`') ? end.index : -1;
}

function formulaBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineAt = (line: number) => state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trim();
  const first = lineAt(startLine);
  const [open, close] = fences.slice(0, 2).find(([sign]) => first.startsWith(sign)) ?? [];
  if (!open || !close || missesOf(state) > maxMisses || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const lines = [first.slice(open.length)];
  let line = startLine;
  while (!lines.at(-1)?.endsWith(close)) {
    line += 1;
    if (line >= endLine || line - startLine > longestBlock) return miss(state);
    lines.push(lineAt(line));
  }
  const tex = lines.join('\n').slice(0, -close.length);
  // What is behind the first end is text of a paragraph.
  if (tex.includes(close) || tex.trim() === '') return false;
  if (silent) return true;
  const token = state.push('formula_block', 'p', 0);
  token.content = tex;
  token.map = [startLine, line + 1];
  state.line = line + 1;
  return true;
}
