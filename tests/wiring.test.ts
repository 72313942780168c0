import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';

type Node = { type: string; start: number } & Record<string, unknown>;

const decisions = [
  ...['IfStatement', 'SwitchStatement', 'ConditionalExpression', 'LogicalExpression', 'ChainExpression'],
  ...['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement'],
  ...['TryStatement', 'ThrowStatement', 'AssignmentExpression', 'UpdateExpression'],
];
const memories = ['Map', 'Set', 'WeakMap', 'WeakSet'];

/** What of a module is more than wiring: branches, loops, errors, and whatever it could remember something in. */
function beyondWiring(text: string): string[] {
  const found: string[] = [];
  const at = (node: Node, what: string) => found.push(`line ${text.slice(0, node.start).split('\n').length}: ${what}`);
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (!isNode(value)) return;
    if (decisions.includes(value.type)) at(value, value.type);
    if (value.type === 'VariableDeclaration' && value.kind !== 'const') at(value, String(value.kind));
    if (value.type === 'NewExpression' && memories.includes(String((value.callee as Node).name))) at(value, 'a cache');
    if (value.type === 'CallExpression' && isPromiseBranch(value.callee)) at(value, 'a branch of a promise');
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(parseAst(text, { lang: 'ts' }).body);
  return found;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const isPromiseBranch = (callee: unknown) =>
  isNode(callee) && callee.type === 'MemberExpression' && ['then', 'catch', 'finally'].includes(String((callee.property as Node).name));

const wiring = globSync('functions/**/*-services.ts');

test.each(wiring)('%s wires and decides nothing', (file) => {
  expect(beyondWiring(readFileSync(file, 'utf8'))).toEqual([]);
});

test('every noun that has a handler has its services, so the rule above is about all of them', () => {
  const wired = new Set(wiring.map((file) => file.split('/')[1]));
  // The work queue's handler wires nothing of its own: each kind of work has the services of its noun.
  const handlers = globSync('functions/**/*.handler.ts').filter((file) => !file.startsWith('functions/work/'));

  expect(handlers.filter((file) => !wired.has(file.split('/')[1]))).toEqual([]);
  expect(handlers.length).toBeGreaterThan(0);
});

test.each([
  ['const x = a ? 1 : 2;', 'ConditionalExpression'],
  ["const x = name ?? 'none';", 'LogicalExpression'],
  ['const x = item?.name;', 'ChainExpression'],
  ['for (const x of all) use(x);', 'ForOfStatement'],
  ['let wired: Services | undefined;', 'let'],
  ['const known = new Map<string, string>();', 'a cache'],
  ['const x = make().catch(() => none);', 'a branch of a promise'],
  ['export const f = () => { if (a) b(); };', 'IfStatement'],
])('`%s` would not pass as wiring', (text, what) => {
  expect(beyondWiring(text)).toEqual([`line 1: ${what}`]);
});
