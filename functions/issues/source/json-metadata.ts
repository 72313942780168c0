import { Refusal } from '../../platform/refusal.ts';

/** Where an object that a text begins with ends, if a text follows it; undefined for a text that is no more than JSON, or none. */
export function jsonMetadataEnd(text: string): number | undefined {
  const begin = /^\s*\{(?=\s*["}])/.exec(text)?.[0].length;
  if (begin === undefined) return undefined;
  const end = closingBrace(text, begin);
  return end !== undefined && goesOnBelow(text.slice(end + 1)) ? end + 1 : undefined;
}

const mostCharacters = 40_000;

function closingBrace(text: string, begin: number): number | undefined {
  let depth = 1;
  for (let n = begin; n < Math.min(text.length, mostCharacters); n += 1) {
    const character = text[n];
    if (character === '"') {
      const end = stringEnd(text, n + 1);
      if (end === undefined) return undefined;
      n = end;
    } else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth === 0) return n;
  }
  return undefined;
}

function stringEnd(text: string, begin: number): number | undefined {
  for (let n = begin; n < Math.min(text.length, mostCharacters); n += 1) {
    if (text[n] === '\\') n += 1;
    else if (text[n] === '"') return n;
    else if (text[n] === '\n') return undefined;
  }
  return undefined;
}

/** `line`: where the source begins in the file. */
export function jsonMetadata(source: string, line: number): [string, unknown][] {
  const bad = source.indexOf('"__proto__"');
  if (bad >= 0) throw new Refusal('key_not_allowed', { line: line + source.slice(0, bad).split('\n').length - 1, key: '__proto__' });
  try {
    return Object.entries(JSON.parse(source) as object).map(([key, value]) => [key.toLowerCase(), value]);
  } catch (error) {
    // V8 says the place in words only.
    const reason = error instanceof Error ? error.message.slice(0, 120) : '';
    throw new Refusal('metadata_invalid', { line: line + Number(/line (\d+)/.exec(reason)?.[1] ?? 1) - 1, format: 'JSON', reason });
  }
}

function goesOnBelow(text: string): boolean {
  const newline = text.indexOf('\n');
  return newline >= 0 && text.slice(newline).trim() !== '';
}
