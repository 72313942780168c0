import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';
import { withoutEnd } from '../../../platform/without-end.ts';

/** What Docusaurus, VuePress, MkDocs, GitHub and Obsidian call the kinds of their boxes; other fences leave no box. */
const kinds = new Set(
  `note tip info warning danger caution important success check done question help faq failure fail missing bug error example quote cite
  abstract summary tldr hint attention seealso todo details spoiler callout admonition notice alert primary secondary aside`.split(/\s+/),
);
/** Inside of these a title is only the machine’s. */
const opening = /^:{3,}[ \t]*(?:\{[^{}]{0,200}\}[ \t]*|([\w-]{1,40})[ \t]*)?/;
const ends = ['paragraph', 'reference', 'blockquote', 'list'];

/** Boxes that say “note” or “warning”, in the three ways they are written: `:::note`, `!!! note` and `> [!NOTE]`. They become quotes. */
export function boxes(markdown: MarkdownIt): void {
  markdown.block.ruler.before('fence', 'fenced_box', fencedBox, { alt: ends });
  markdown.block.ruler.before('fence', 'indented_box', indentedBox, { alt: ends });
  markdown.core.ruler.after('block', 'quoted_box', quotedBox);
}

const lineAt = (state: StateBlock, line: number) => {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(start, Math.min(state.eMarks[line] ?? start, start + 400));
};
const isCode = (state: StateBlock, line: number) => (state.sCount[line] ?? 0) - state.blkIndent >= 4;

function fencedBox(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const text = lineAt(state, startLine).trimEnd();
  if (!text.startsWith(':::') || isCode(state, startLine)) return false;
  const [beginning = '', kind = ''] = opening.exec(text) ?? [];
  const rest = text.slice(beginning.length);
  if (silent) return true;
  // A fence that closes nothing, or that another one’s end has passed, is no text either.
  if (/^:+$/.test(text)) {
    state.line = startLine + 1;
    return true;
  }
  const end = Math.min(closingLines(state).get(startLine) ?? endLine, endLine);
  const title =
    /^\[(.*)\]$/.exec(rest)?.[1] ?? /\btitle\s*=\s*["']([^"']{1,200})["']/.exec(rest)?.[1] ?? (rest.startsWith('{') ? '' : rest);
  box(state, { isBox: kinds.has(kind.toLowerCase()), title: withoutEnd(title, /:/).trim(), from: startLine, end });
  state.line = Math.min(end + 1, endLine);
  return true;
}

function indentedBox(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const text = lineAt(state, startLine);
  if (!/^(?:!!!|\?\?\?)/.test(text) || isCode(state, startLine)) return false;
  const [written, kind = '', title = ''] =
    /^(?:!!!|\?\?\?\+?)[ \t]+([\w-]{1,40})(?:[ \t]+[\w-]{1,40}){0,5}(?:[ \t]*"([^"]*)")?[ \t]*$/.exec(text) ?? [];
  if (written === undefined) return false;
  if (silent) return true;
  let end = startLine + 1;
  while (end < endLine && (state.isEmpty(end) || (state.sCount[end] ?? 0) - state.blkIndent >= 4)) end += 1;
  state.blkIndent += 4;
  box(state, { isBox: kind !== '', title, from: startLine, end });
  state.blkIndent -= 4;
  state.line = end;
  return true;
}

type Box = { isBox: boolean; title: string; from: number; end: number };

function box(state: StateBlock, { isBox, title, from, end }: Box) {
  const { parentType, lineMax, level } = state;
  if (isBox) state.push('blockquote_open', 'blockquote', 1).map = [from, end];
  else state.level += 1;
  if (isBox && title) state.tokens.push(...titleTokens(title, from, (type, tag, nesting) => new state.Token(type, tag, nesting)));
  state.parentType = 'blockquote';
  state.lineMax = end;
  state.md.block.tokenize(state, from + 1, end);
  state.parentType = parentType;
  state.lineMax = lineMax;
  if (isBox) state.push('blockquote_close', 'blockquote', -1);
  state.level = level;
}

function titleTokens(title: string, line: number, create: (type: string, tag: string, nesting: Token['nesting']) => Token): Token[] {
  const inline = Object.assign(create('inline', '', 0), { content: title, map: [line, line + 1], children: [], level: 1 });
  const around = (type: string, tag: string) => [create(`${type}_open`, tag, 1), create(`${type}_close`, tag, -1)] as const;
  const [open, close] = around('paragraph', 'p');
  const [bold, plain] = around('strong', 'strong');
  return [Object.assign(open, { level: 1 }), bold, inline, plain, close];
}

/** By the line of a fence that opens: the line of the one that closes it. Found once for a text, innermost first. */
function closingLines(state: StateBlock): ReadonlyMap<number, number> {
  const environment = state.env as { closingLines?: Map<number, number> };
  if (environment.closingLines) return environment.closingLines;
  const closing = new Map<number, number>();
  const open: { line: number; colons: number }[] = [];
  let code = '';
  state.src.split('\n').forEach((text, line) => {
    const fence = /^[ >]{0,20}(```|~~~)/.exec(text)?.[1];
    if (fence && (code === '' || code === fence)) code = code === '' ? fence : '';
    const [beginning = '', colons] = code === '' ? (/^[ >]{0,20}(:{3,})/.exec(text.slice(0, 100)) ?? []) : [];
    if (colons === undefined) return;
    const last = open.at(-1);
    if (text.slice(beginning.length, 100).trim() !== '') open.push({ line, colons: colons.length });
    else if (last && last.colons <= colons.length) closing.set(open.pop()?.line ?? -1, line);
  });
  environment.closingLines = closing;
  return closing;
}

/** `> [!NOTE] Title`: GitHub’s boxes have no title, Obsidian’s do. */
function quotedBox(state: StateCore): void {
  state.tokens = state.tokens.flatMap((token, n, tokens) => {
    const quote = token.type === 'paragraph_open' && tokens[n - 1]?.type === 'blockquote_open' ? tokens[n + 1] : undefined;
    const [written, title = ''] = /^\[![\w-]{1,40}\][+-]?[ \t]*([^\n]{0,300})(?:\n|$)/.exec(quote?.content ?? '') ?? [];
    if (!quote || written === undefined) return [token];
    quote.content = quote.content.slice(written.length);
    const line = quote.map?.[0] ?? 0;
    const titled = title ? titleTokens(title, line, (type, tag, nesting) => new state.Token(type, tag, nesting)) : [];
    return [...titled, token];
  });
}
