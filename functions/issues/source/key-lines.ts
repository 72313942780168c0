import { Refusal } from '../../platform/refusal.ts';

export type KeyLines = {
  entries: [string, string][];
  /** How many of the lines they are. */
  count: number;
};

/** Somebody who knows none of these keys did not write metadata. */
const knownKeys = new Set(
  'title date number issue slug permalink description summary lang language subject published pubdate published_at publishdate'.split(' '),
);
const mostLines = 200;

/** Leading lines of `Key: value` up to an empty one, as Pelican and MultiMarkdown have them; undefined when there are none. */
export function keyLines(lines: readonly string[]): KeyLines | undefined {
  const end = lines.slice(0, mostLines).findIndex((line) => line.trim() === '');
  const entries: [string, string][] = [];
  for (const line of lines.slice(0, Math.max(end, 0))) {
    const [key, value] = keyAndValue(line);
    const last = entries.at(-1);
    if (key) entries.push([key.toLowerCase(), value.trim()]);
    else if (last && /^\s+\S/.test(line)) last[1] += ` ${line.trim()}`;
    else return undefined;
  }
  return known(entries) && { entries, count: end + 1 };
}

/** Both are empty where the line says none. */
function keyAndValue(line: string): [key: string, value: string] {
  const [key = '', ...parts] = line.split(':');
  const value = parts.join(':');
  const isPair = parts.length > 0 && key.length <= 41 && /^[A-Za-z][\w-]*$/.test(key) && /^(?:[ \t]|$)/.test(value);
  return isPair ? [key, value.trim()] : ['', ''];
}

/** `% Title`, `% Authors`, `% Date`, as Pandoc has them. */
export function percentLines(lines: readonly string[]): KeyLines | undefined {
  const count = lines.slice(0, 4).findIndex((line) => !line.startsWith('%'));
  const [title, author = '', date = ''] = lines.slice(0, Math.max(count, 0)).map((line) => line.slice(1).trim());
  if (!title || count > 3 || lines[count]?.trim() !== '') return undefined;
  return { entries: [['title', title], ...entry('author', author), ...entry('date', date)], count: count + 1 };
}

/** `@def title = "…"`, `@def date = Date(2021, 3, 4)`, as Franklin has them; undefined when there are none. */
export function defLines(lines: readonly string[]): KeyLines | undefined {
  const entries: [string, string][] = [];
  let count = 0;
  for (const line of lines.slice(0, mostLines)) {
    const [, key, value = ''] = /^@def\s+([A-Za-z_]\w{0,40})\s*=\s*(\S.{0,2000})$/.exec(line) ?? [];
    if (!key && line.trim() !== '') break;
    if (key)
      entries.push([
        key.toLowerCase(),
        juliaDates(value)
          .trim()
          .replace(/^(["'])(.*)\1$/, '$2'),
      ]);
    count += 1;
  }
  return known(entries) && { entries, count };
}

/** Julia's dates as everybody's: `Date(2021, 3, 4)` is `2021-03-04`. */
export const juliaDates = (text: string): string =>
  text.replace(
    /\b(?:Dates\.)?Date(?:Time)?\(\s{0,3}(\d{4})\s{0,3},\s{0,3}(\d{1,2})\s{0,3},\s{0,3}(\d{1,2})[\d, ]{0,20}\)/g,
    (_, year, month, day) => [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
  );

const entry = (key: string, value: string): [string, string][] => (value ? [[key, value]] : []);

/** Lines of `.. key: value` or `key: value` inside of a comment, as Nikola has them. */
export function commentLines(comment: string): [string, string][] {
  const entries = comment
    .slice(0, 8_000)
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [key, value] = keyAndValue(line.trimStart().replace(/^\.\.\s/, ''));
      return key && value ? [[key.toLowerCase(), value.trim()]] : [];
    });
  return known(entries) ?? [];
}

function known(entries: [string, string][]): [string, string][] | undefined {
  if (entries.some(([key]) => key === '__proto__')) throw new Refusal('key_not_allowed', { line: 1, key: '__proto__' });
  return entries.some(([key]) => knownKeys.has(key)) ? entries : undefined;
}
