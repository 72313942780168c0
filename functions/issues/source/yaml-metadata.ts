import * as yaml from 'yaml';
import { Refusal } from '../../platform/refusal.ts';

/** Tags that say no more than what YAML would find out by itself; Octopress and Jekyll's importers write `! 'a title'`. */
const plainTags = /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|binary|seq|map|set|omap))$/;

/** A tool's own way of dates would lose their zones: they stay texts. */
const timestamp: yaml.ScalarTag = { tag: 'tag:yaml.org,2002:timestamp', resolve: (text) => text };

/** Undefined when the lines are no mapping. `line`: where the source begins in the file. */
export function yamlMetadata(source: string, line: number): [string, unknown][] | undefined {
  refuseDeepNesting(source, line);
  const written = parsed(source);
  const isOpen = written.errors[0]?.code === 'MISSING_CHAR';
  const document = isOpen ? parsed(withIndentedQuote(source)) : written;
  if (document.contents === null) return [];
  if (!yaml.isMap(document.contents)) return undefined;
  refuseFault(source, line, document.errors);
  yaml.visit(document, {
    Node(_, node) {
      if (!yaml.isAlias(node) && node.tag && !plainTags.test(node.tag))
        throw new Refusal('metadata_tag', { line: lineOf(source, node, line), tag: node.tag });
    },
    Pair(_, { key }) {
      if (yaml.isScalar(key) && key.value === '__proto__')
        throw new Refusal('key_not_allowed', { line: lineOf(source, key, line), key: '__proto__' });
      if (!yaml.isScalar(key)) throw new Refusal('metadata_key', { line });
    },
  });
  refuseFault(
    source,
    line,
    document.warnings.filter(({ code, pos }) => code !== 'TAG_RESOLVE_FAILED' || source.slice(...pos).trim() !== '!'),
  );
  return Object.entries(valuesOf(document)).map(([key, value]) => [key.toLowerCase(), value]);
}

const parsed = (source: string) =>
  yaml.parseDocument(source, { schema: 'core', customTags: [timestamp], prettyErrors: false, logLevel: 'silent', uniqueKeys: false });

/** Ruby's YAML, and so Jekyll, lets a quoted text go on at the beginning of a line. */
function withIndentedQuote(source: string): string {
  const lines = source.split('\n');
  const first = openingLine(source);
  const quote = /:\s+(["'])/.exec(lines[first] ?? '')?.[1];
  const last = lines.findIndex((text, n) => n > first && quote !== undefined && text.trimEnd().endsWith(quote));
  return lines.map((text, n) => (n > first && n <= last ? `  ${text}` : text)).join('\n');
}

/** What the parser found, in words for the person who wrote the file. */
function refuseFault(source: string, begin: number, [fault]: yaml.Document['errors' | 'warnings']) {
  if (!fault) return;
  const line = lineAt(source, fault.pos[0]) + begin - 1;
  const written = source.split('\n')[line - begin] ?? '';
  const key = written.includes(':') ? (written.split(':', 1)[0] ?? '').trim().replace(/^-\s+/, '').slice(0, 40) : '';
  if (fault.code === 'TAG_RESOLVE_FAILED') throw new Refusal('metadata_tag', { line, tag: source.slice(...fault.pos) });
  if (fault.code === 'BLOCK_AS_IMPLICIT_KEY' && key) throw new Refusal('metadata_colon', { line, key });
  if (fault.code === 'TAB_AS_INDENT') throw new Refusal('metadata_tab', { line });
  if (fault.code === 'BAD_SCALAR_START')
    throw new Refusal('metadata_character', { line, character: source.slice(fault.pos[0], fault.pos[0] + 1) });
  if (fault.code === 'MISSING_CHAR') throw new Refusal('metadata_open_quote', { line: begin + openingLine(source) });
  throw new Refusal('metadata_invalid', { line, format: 'YAML', reason: fault.message.slice(0, 160) });
}

/** The first line, from 0, whose value is opened and not closed on it: the parser notices at the end only. */
function openingLine(source: string): number {
  const closers: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']', '{': '}' };
  const opens = (text: string) => {
    const value = /^\s*(?:-\s+)?(?:[^:\s][^:]{0,60}:\s+)?(["'[{].*)$/.exec(text)?.[1] ?? '';
    return value !== '' && !value.slice(1).includes(closers[value.charAt(0)] ?? '');
  };
  return Math.max(0, source.split('\n').findIndex(opens));
}

function valuesOf(document: yaml.Document): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: 20 }) as Record<string, unknown>;
  } catch (error) {
    // Thrown for aliases that multiply, or that lead nowhere.
    throw new Refusal('metadata_aliases', { line: 1, reason: error instanceof Error ? error.message : 'unknown' });
  }
}

/** The parser's time grows with the cube of the depth of `? ? ?`, so depth is looked at first. */
function refuseDeepNesting(source: string, line: number) {
  const lines = source.split('\n');
  lines.forEach((text, n) => {
    const open = (text.match(/[[{]/g)?.length ?? 0) - (text.match(/[\]}]/g)?.length ?? 0);
    if (open > 30 || /^\s*(?:[-?]\s+){8}/.test(text)) throw new Refusal('metadata_too_deep', { line: line + n });
  });
  const unclosed = (source.match(/[[{]/g)?.length ?? 0) - (source.match(/[\]}]/g)?.length ?? 0);
  const explicitKeys = source.match(/\?\s/g)?.length ?? 0;
  if (unclosed > 60 || explicitKeys > 200) throw new Refusal('metadata_too_deep', { line });
}

const lineAt = (source: string, offset: number) => source.slice(0, offset).split('\n').length;
const lineOf = (source: string, node: { range?: yaml.Range | null | undefined }, line: number) =>
  lineAt(source, node.range?.[0] ?? 0) + line - 1;
