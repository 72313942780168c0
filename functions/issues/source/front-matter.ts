import { Refusal } from '../../platform/refusal.ts';
import { withoutEnd } from '../../platform/without-end.ts';
import { jsonMetadata, jsonMetadataEnd } from './json-metadata.ts';
import { commentLines, defLines, juliaDates, keyLines, percentLines } from './key-lines.ts';
import { tomlMetadata } from './toml-metadata.ts';
import { yamlMetadata } from './yaml-metadata.ts';

/** The metadata above an issue's text, under lower-case keys. */
export type Metadata = ReadonlyMap<string, unknown>;

/** `line`: where `body` begins in the file, counted from 1. */
export type SplitFile = { metadata: Metadata; body: string; line: number };

const maxBytes = 32 * 1024;

type Format = 'yaml' | 'toml' | 'json';
type Entries = [string, unknown][];

/** How tools fence metadata: Hexo takes any number of dashes from three on, and semicolons around JSON. */
const fence = /^(-{3,}|\+{3}|;{3,})[ \t]*([A-Za-z]*)$/;
const closing: Record<Format, RegExp> = {
  yaml: /^(?:-{3,}|\.\.\.)[ \t]*$/m,
  toml: /^\+{3}[ \t]*$/m,
  json: /^;{3,}[ \t]*$/m,
};
const formatOf = (mark: string): Format => (mark.startsWith('-') ? 'yaml' : mark.startsWith('+') ? 'toml' : 'json');

/**
 * Takes the metadata off a text: YAML between `---`, TOML between `+++`, JSON between `;;;` or in braces, lines of `Key: value`, Pandoc's
 * `% Title`, or a comment of Nikola's. Empty lines and comments may be before them, and Hexo needs no first fence.
 */
export function splitFrontMatter(text: string): SplitFile {
  const { before, comments } = preface(text);
  const rest = text.slice(before);
  const line = text.slice(0, before).split('\n').length;
  const split = fenced(rest, line) ?? braced(rest, line) ?? unopened(rest, line) ?? ofLines(rest, line);
  if (split) return split;
  const entries = comments.flatMap(commentLines);
  return { metadata: new Map(entries), body: text, line: 1 };
}

/** Empty lines and HTML comments in front. */
function preface(text: string): { before: number; comments: string[] } {
  const comments: string[] = [];
  let before = 0;
  for (;;) {
    const blank = /^(?:[ \t]*\n)+/.exec(text.slice(before, before + 2_000))?.[0].length ?? 0;
    before += blank;
    const end = text.startsWith('<!--', before) && comments.length < 5 ? text.indexOf('-->', before + 4) : -1;
    if (end < 0) return { before, comments };
    comments.push(text.slice(before + 4, end));
    before = end + 3;
    // A comment with text behind it on its line is not in front of anything.
    if (!/^[ \t]*(?:\n|$)/.test(text.slice(before, before + 200))) return { before, comments };
  }
}

function fenced(text: string, line: number): SplitFile | undefined {
  const [first = ''] = text.split('\n', 1);
  const [, mark, language = ''] = fence.exec(withoutEnd(first, /[ \t]/)) ?? [];
  if (!mark) return undefined;
  const format = language === '' ? formatOf(mark) : namedFormat(language, line);
  const begin = first.length + 1;
  const close = closing[formatOf(mark)].exec(text.slice(begin));
  if (!close) return undefined;
  const source = text.slice(begin, begin + close.index);
  const entries = entriesIn(format, source, line + 1);
  return entries && splitAt(text, begin + close.index + close[0].length, entries, line);
}

/** `---js` runs code in other readers; here only what is no program is metadata, and anything else is said to be refused. */
function namedFormat(language: string, line: number): Format {
  const name = language.toLowerCase();
  if (name === 'yaml' || name === 'yml') return 'yaml';
  if (name === 'toml' || name === 'json') return name;
  throw new Refusal('metadata_language', { line, language });
}

/** Hugo's JSON: an object, and the text behind it. */
function braced(text: string, line: number): SplitFile | undefined {
  const end = jsonMetadataEnd(text);
  return end === undefined ? undefined : splitAt(text, end, jsonMetadata(text.slice(0, end), line), line);
}

const firstKey = /^["']?(?:title|date|updated|layout|author|tags|categories|description|permalink|slug|subject)["']?\s*:/i;
const isKeyLine = (line: string) => /^\s*(?:#|-\s)|^\s+\S/.test(line) || (line.includes(':') && isKey(line.split(':', 1)[0] ?? ''));
const isKey = (text: string) => text.length <= 44 && /^["']?[\p{L}_][\p{L}\p{N}_ .-]*["']?$/u.test(text.trim());

/** Hexo's way: keys from the first line on, and a fence below them. A heading that is underlined has one line above. */
function unopened(text: string, line: number): SplitFile | undefined {
  const [first = ''] = text.split('\n', 1);
  if (!firstKey.test(first)) return undefined;
  const close = /^(-{3,}|;{3,})[ \t]*$/m.exec(text.slice(0, maxBytes));
  if (!close?.[1]) return undefined;
  const source = text.slice(0, close.index);
  // Behind an empty line only a key that is known goes on: anything else is text, and the fence a rule.
  const isKeys = source
    .trimEnd()
    .split(/\n\s*\n/)
    .every((part) => firstKey.test(part) && part.split('\n').every((each) => isKeyLine(each)));
  if (!isKeys) return undefined;
  const entries = entriesIn(close[1].startsWith(';') ? 'json' : 'yaml', source, line);
  return entries && splitAt(text, close.index + close[0].length, entries, line);
}

function ofLines(text: string, line: number): SplitFile | undefined {
  const lines = text.split('\n');
  const found = keyLines(lines) ?? percentLines(lines) ?? defLines(lines);
  return (
    found && { metadata: new Map<string, unknown>(found.entries), body: lines.slice(found.count).join('\n'), line: line + found.count }
  );
}

function entriesIn(format: Format, source: string, line: number): Entries | undefined {
  if (source.length > maxBytes) throw new Refusal('metadata_too_large', { line: Math.max(1, line - 1), limitKilobytes: maxBytes / 1024 });
  if (format === 'yaml') return yamlMetadata(source, line);
  if (format === 'toml') return tomlMetadata(juliaDates(source), line);
  const json = source.trim();
  // Hexo writes it without its braces.
  return jsonMetadata(json.startsWith('{') ? json : `{${json.replace(/,$/, '')}}`, line);
}

const splitAt = (text: string, end: number, entries: Entries, line: number): SplitFile => ({
  metadata: new Map(entries),
  body: text.slice(end + 1),
  line: line + text.slice(0, end + 1).split('\n').length - 1,
});
