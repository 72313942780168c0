/** A line that asks for a list of contents, which the mail and the pages have of their own. */
const contents =
  /^\s*(?:\[toc\]|\[\[_{0,2}toc_{0,2}\]\]|@\[toc\](?:\([^)]{0,80}\))?|\$\{toc\}|\{\{\s{0,3}toc\s{0,3}\}\}|\{%-?\s{0,3}toc\s{0,3}-?%\}|\{:\s{0,3}toc\b[^}]{0,80}\})\s*$/i;
const listEntry = /^\s*(?:[-*+]|\d{1,3}[.)])\s+\S/;
/** `*[HTML]: …` explains an abbreviation where the mouse is over it. */
const abbreviation = /^\*\[[^\]]{1,80}\]:/;
const imported = /^import(\s[\w*{},\s$]{0,300})['"][^'"]{1,300}['"](?:\s*;)?\s*$/;
const importedOverLines = /^import\s+(?:[\w$]+\s*,\s*)?\{[^}'"]{0,200}$/;
const exported = /^export\s+(?:default\s|const\s|let\s|var\s|function\b|async\s|class\s|type\s|interface\s|\{|\*\s)/;
const picture = /^import\s+([\w$]{1,60})\s+from\s+['"]([^'"]{1,300}\.(?:png|jpe?g|gif|webp|avif))['"]/i;
const literal =
  /^export\s+(?:const|let|var)\s+([\w$]{1,60})\s*=\s*(?:'([^'\n]{0,300})'|"([^"\n]{0,300})"|(-?\d{1,12}(?:\.\d{1,6})?))(?:\s*;)?\s*$/;
const mostLines = 50;
/** Who begins so many lines with these words writes about trade. */
const maxSentences = 100;

/** `constants`: what names in braces stand for in MDX; undefined for a text that is none. */
export type PlainLines = { lines: string[]; constants: Map<string, string> | undefined };

/**
 * The text without the lines that only a site generator reads: MDX’s imports and exports, kramdown’s and other marks of a
 * list of contents, explanations of abbreviations. An empty line takes the place of each.
 */
export function withoutMachineLines(source: string, isCode: (line: number) => boolean): PlainLines {
  const lines = source.split('\n');
  const constants = new Map<string, string>();
  let isMdx = source.includes('{/*');
  let sentences = 0;
  for (let n = 0; n < lines.length; n += 1) {
    const line = lines[n] ?? '';
    if (isCode(n)) continue;
    if (contents.test(line.slice(0, 200))) {
      if (listEntry.test(lines[n - 1] ?? '') && !listEntry.test(lines[n - 2] ?? '')) lines[n - 1] = '';
      lines[n] = '';
    } else if (abbreviation.test(line)) lines[n] = '';
    else if (sentences < maxSentences && /^(?:import|export)\b/.test(line)) {
      const end = statementEnd(lines, n);
      if (end === undefined) {
        sentences += 1;
        continue;
      }
      const [, name, path] = picture.exec(line) ?? [];
      const [, constant, ...values] = literal.exec(line) ?? [];
      if (name && path) constants.set(name, path);
      if (constant) constants.set(constant, values.find((value) => value !== undefined) ?? '');
      isMdx = true;
      lines.fill('', n, end);
      n = end - 1;
    }
  }
  return { lines, constants: isMdx ? constants : undefined };
}

/** The line behind an import or export that begins here; undefined for a sentence. */
function statementEnd(lines: readonly string[], first: number): number | undefined {
  const beginning = (lines[first] ?? '').slice(0, 1_000);
  const names = imported.exec(beginning)?.[1]?.trim();
  if (names === '' || /[\s}]from$/.test(names ?? '')) return first + 1;
  if (!importedOverLines.test(beginning) && !exported.test(beginning)) return undefined;
  let open = 0;
  for (let n = first; n < lines.length && n - first < mostLines; n += 1) {
    const line = lines[n] ?? '';
    if (n > first && line.trim() === '' && open <= 0) return n;
    open += (line.match(/[{([]/g)?.length ?? 0) - (line.match(/[})\]]/g)?.length ?? 0);
    if (open <= 0 && /[;})\]'"\w]\s*$/.test(line.slice(-100)) && !/(?:=>|=|,)\s*$/.test(line.slice(-100))) return n + 1;
  }
  return undefined;
}
