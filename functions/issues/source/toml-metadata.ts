import { unreadable } from './unreadable.ts';

/**
 * The part of TOML that metadata uses: `key = value` with strings, numbers, booleans, dates and arrays on one line, and
 * tables, whose entries come out as `table.key`. `line`: where the source begins in the file.
 */
export function tomlMetadata(source: string, line: number): [string, unknown][] {
  const entries: [string, unknown][] = [];
  let table = '';
  source.split('\n').forEach((text, n) => {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return;
    const header = /^\[+([\w.-]+)\]+$/.exec(trimmed)?.[1];
    if (header) {
      table = `${header}.`;
      return;
    }
    const [, quoted, bare, value] = /^(?:"([^"]+)"|([\w.-]+))\s*=\s*(.+)$/.exec(trimmed) ?? [];
    const key = `${table}${quoted ?? bare}`.toLowerCase();
    if (value === undefined) throw unreadable(line + n, 'the metadata is no valid TOML: write key = value');
    if (key.split('.').includes('__proto__')) throw unreadable(line + n, 'a key may not be called __proto__');
    entries.push([key, tomlValue(value, line + n)]);
  });
  return entries;
}

function tomlValue(value: string, line: number): unknown {
  const literal = /^'([^']*)'\s*(?:#.*)?$/.exec(value)?.[1];
  if (literal !== undefined) return literal;
  const basic = /^("(?:[^"\\]|\\.)*")\s*(?:#.*)?$/.exec(value)?.[1];
  const bare = basic ?? value.replace(/\s+#.*$/, '');
  if (/^\d{4}-\d{2}-\d{2}/.test(bare)) return bare;
  try {
    return JSON.parse(bare.replace(/,\s*\]$/, ']')) as unknown;
  } catch {
    throw unreadable(line, `the metadata is no valid TOML: ${bare.slice(0, 40)}`);
  }
}
