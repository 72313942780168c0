import { parseAst } from 'vitest/node';

type Node = { type: string; start: number } & Record<string, unknown>;

export type Pattern = { source: string; flags: string };

/** Where in a module a pattern is, `line:column` from 1, as V8 says it. */
export type Place = string;

/** The patterns that a module writes down, and the places where it builds one at run time. */
export function patternsIn(text: string): { written: (Pattern & { place: Place })[]; built: Place[] } {
  const written: (Pattern & { place: Place })[] = [];
  const built: Place[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (!isNode(value)) return;
    const regex = value.regex as { pattern: string; flags: string } | undefined;
    if (regex) written.push({ source: regex.pattern, flags: regex.flags, place: placeOf(text, value.start) });
    if (isConstruction(value)) built.push(placeOf(text, value.start));
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(parseAst(text, { lang: 'ts' }).body);
  return { written, built };
}

const isConstruction = ({ type, callee }: Node) =>
  (type === 'NewExpression' || type === 'CallExpression') &&
  isNode(callee) &&
  (callee.name === 'RegExp' || (isNode(callee.property) && callee.property.name === 'RegExp'));

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

function placeOf(text: string, start: number): Place {
  const before = text.slice(0, start).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
