import * as yaml from 'yaml';
import { tomlMetadata } from './toml-metadata.ts';
import { unreadable } from './unreadable.ts';

/** What stands above an issue's text, under lower-case keys. */
export type Metadata = ReadonlyMap<string, unknown>;

/** `line`: where `body` begins in the file, counted from 1. */
export type SplitFile = { metadata: Metadata; body: string; line: number };

const maxBytes = 32 * 1024;
/** Somebody who knows none of these keys did not write metadata. */
const knownKeys = new Set(['title', 'date', 'number', 'issue', 'slug', 'permalink', 'description', 'summary', 'lang', 'language']);

/** Takes the metadata off a text: YAML between `---`, TOML between `+++`, or leading lines of `Key: value`. */
export function splitFrontMatter(text: string): SplitFile {
  const [first = ''] = text.split('\n', 1);
  const fence = /^(---|\+\+\+)(.*)$/.exec(first.trimEnd());
  if (fence?.[1] && /^\s*[a-z]+$/i.test(fence[2] ?? '')) return fencedWithLanguage(text, fence[1], fence[2] ?? '');
  if (fence?.[1] && !fence[2]) return fenced(text, fence[1]) ?? withoutMetadata(text);
  return keyLines(text) ?? withoutMetadata(text);
}

const withoutMetadata = (body: string): SplitFile => ({ metadata: new Map(), body, line: 1 });

/** `---js` runs code in other readers; here only YAML is metadata, and anything else is said to be refused. */
function fencedWithLanguage(text: string, fence: string, language: string): SplitFile {
  if (/^\s*ya?ml$/i.test(language)) return fenced(text, fence) ?? withoutMetadata(text);
  throw unreadable(1, `metadata in “${language.trim()}” is not read; write YAML between two lines of ---`);
}

function fenced(text: string, fence: string): SplitFile | undefined {
  const begin = text.indexOf('\n') + 1;
  const end = new RegExp(`^${fence === '---' ? '(?:---|\\.\\.\\.)' : '\\+\\+\\+'}[ \\t]*$`, 'm');
  const close = begin === 0 ? undefined : end.exec(text.slice(begin));
  if (!close) return undefined;
  const source = text.slice(begin, begin + close.index);
  const rest = begin + close.index + close[0].length;
  if (source.length > maxBytes) throw unreadable(1, `the metadata has more than ${maxBytes / 1024} KB`);
  const entries = fence === '---' ? yamlMetadata(source) : tomlMetadata(source, 2);
  if (!entries) return undefined;
  return { metadata: new Map(entries), body: text.slice(rest + 1), line: text.slice(0, rest + 1).split('\n').length };
}

/** Undefined when what stands between the fences is no mapping, but text between two rules. */
function yamlMetadata(source: string): [string, unknown][] | undefined {
  refuseDeepNesting(source);
  const document = yaml.parseDocument(source, { schema: 'core', prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  if (document.contents === null) return [];
  if (!yaml.isMap(document.contents)) return undefined;
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw unreadable(lineAt(source, fault.pos[0]) + 1, `the metadata is no valid YAML: ${fault.message}`);
  yaml.visit(document, {
    Node(_, node) {
      if (!yaml.isAlias(node) && node.tag?.startsWith('!')) throw unreadable(lineOf(source, node), `the YAML tag ${node.tag} is not read`);
    },
    Pair(_, { key }) {
      if (yaml.isScalar(key) && key.value === '__proto__') throw unreadable(lineOf(source, key), 'a key may not be called __proto__');
      if (!yaml.isScalar(key)) throw unreadable(2, 'a key has to be a plain word');
    },
  });
  const values = valuesOf(document);
  return Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]);
}

function valuesOf(document: yaml.Document): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: 20 }) as Record<string, unknown>;
  } catch (error) {
    // Thrown for aliases that multiply, or that lead nowhere.
    throw unreadable(1, `the metadata cannot be unfolded: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

/** The parser's time grows with the cube of the depth of `? ? ?`, so depth is looked at first. */
function refuseDeepNesting(source: string) {
  const lines = source.split('\n');
  lines.forEach((text, n) => {
    const open = (text.match(/[[{]/g)?.length ?? 0) - (text.match(/[\]}]/g)?.length ?? 0);
    if (open > 30 || /^\s*(?:[-?]\s+){8}/.test(text)) throw unreadable(n + 2, 'the metadata is nested too deep');
  });
  const unclosed = (source.match(/[[{]/g)?.length ?? 0) - (source.match(/[\]}]/g)?.length ?? 0);
  const explicitKeys = source.match(/\?\s/g)?.length ?? 0;
  if (unclosed > 60 || explicitKeys > 200) throw unreadable(2, 'the metadata is nested too deep');
}

const lineAt = (source: string, offset: number) => source.slice(0, offset).split('\n').length;
const lineOf = (source: string, node: { range?: yaml.Range | null | undefined }) => lineAt(source, node.range?.[0] ?? 0) + 1;

function keyLines(text: string): SplitFile | undefined {
  const lines = text.split('\n', 200);
  const end = lines.findIndex((line) => line.trim() === '');
  const block = lines.slice(0, end < 0 ? 0 : end);
  const entries: [string, string][] = [];
  for (const line of block) {
    const [, key, value = ''] = /^([A-Za-z][\w-]{0,40}):(?:[ \t]+(.*))?$/.exec(line) ?? [];
    const last = entries.at(-1);
    if (key) entries.push([key.toLowerCase(), value.trim()]);
    else if (last && /^\s+\S/.test(line)) last[1] += ` ${line.trim()}`;
    else return undefined;
  }
  if (!entries.some(([key]) => knownKeys.has(key))) return undefined;
  const metadata = new Map(entries);
  if (metadata.has('__proto__')) throw unreadable(1, 'a key may not be called __proto__');
  return {
    metadata,
    body: text
      .split('\n')
      .slice(end + 1)
      .join('\n'),
    line: end + 2,
  };
}
