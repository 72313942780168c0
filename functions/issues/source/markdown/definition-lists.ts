import type { MarkdownIt, StateBlock } from 'markdown-it';

const colon = /^[:~][ \t]{1,4}(?=\S)/;
const bullet = /^[-*+][ \t]{1,4}\S/;

/** `Term`, and below it `: what it means`, as PHP Markdown Extra, kramdown and Pandoc write lists of definitions. */
export function definitionLists(markdown: MarkdownIt): void {
  markdown.block.ruler.before('paragraph', 'definitions', definitions, { alt: ['paragraph', 'reference'] });
}

function definitions(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  // It ends no paragraph: only a line with a meaning below it is a term.
  if (silent || meaningAt(state, startLine + 1, endLine) === undefined || isMeaning(state, startLine)) return false;
  state.push('dl_open', 'dl', 1).map = [startLine, endLine];
  let line = startLine;
  while (line < endLine && !state.isEmpty(line) && meaningAt(state, line + 1, endLine) !== undefined) {
    inline(state, 'dt', line, lineAt(state, line));
    for (let at = meaningAt(state, line + 1, endLine); at !== undefined; at = meaningAt(state, line, endLine))
      line = meaning(state, at, endLine);
    const next = state.skipEmptyLines(line);
    if (meaningAt(state, next + 1, endLine) === undefined) break;
    line = next;
  }
  state.push('dl_close', 'dl', -1);
  state.line = line;
  return true;
}

const lineAt = (state: StateBlock, line: number) =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line] ?? 0);

const isMeaning = (state: StateBlock, line: number) =>
  (state.sCount[line] ?? 0) - state.blkIndent < 4 && colon.test(lineAt(state, line).slice(0, 8));

const isBullet = (state: StateBlock, line: number) => bullet.test(lineAt(state, line).slice(0, 8));

/** The line of a meaning, here or below one blank line. */
function meaningAt(state: StateBlock, line: number, endLine: number): number | undefined {
  const at = line < endLine && state.isEmpty(line) ? line + 1 : line;
  return at < endLine && !state.isEmpty(at) && (state.sCount[at] ?? 0) >= state.blkIndent && isMeaning(state, at) ? at : undefined;
}

/** Writes down a meaning with the lines that go on with it, up to a list; answers with the line behind. */
function meaning(state: StateBlock, startLine: number, endLine: number): number {
  const lines = [lineAt(state, startLine).replace(colon, '')];
  let line = startLine + 1;
  for (; line < endLine && !state.isEmpty(line) && !isMeaning(state, line) && !isBullet(state, line); line += 1)
    lines.push(lineAt(state, line));
  inline(state, 'dd', startLine, lines.join('\n'));
  return line;
}

function inline(state: StateBlock, tag: 'dt' | 'dd', line: number, content: string) {
  state.push(`${tag}_open`, tag, 1);
  Object.assign(state.push('inline', '', 0), { content: content.trim(), map: [line, line + 1], children: [] });
  state.push(`${tag}_close`, tag, -1);
}
