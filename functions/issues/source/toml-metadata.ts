import { parse, TomlDate, TomlError, type TomlTable, type TomlValue } from 'smol-toml';
import { Refusal } from '../../platform/refusal.ts';

/** `line`: where the source begins in the file. */
export function tomlMetadata(source: string, line: number): [string, unknown][] {
  const bad = source.split('\n').findIndex(namesProto);
  if (bad >= 0) throw new Refusal('key_not_allowed', { line: line + bad, key: '__proto__' });
  return Object.entries(parsed(source, line)).map(([key, value]) => [key.toLowerCase(), plain(value)]);
}

function parsed(source: string, line: number): TomlTable {
  try {
    return parse(source, { maxDepth: 30 });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The first line says what is wrong; those below draw it.
    const reason = (error.message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document:\s*/, '');
    throw new Refusal('metadata_invalid', { line: line + error.line - 1, format: 'TOML', reason: reason.slice(0, 160) });
  }
}

/** Dates as they are written, with their zone. */
function plain(value: TomlValue): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** As a key or in the name of a table, not in a value. */
function namesProto(line: string): boolean {
  const at = line.indexOf('__proto__');
  return at >= 0 && /^[\w."'\s[-]*$/.test(line.slice(0, at)) && /[=\]]/.test(line.slice(at));
}
