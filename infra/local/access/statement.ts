import { read } from '../template.ts';

/** One statement of a policy, as far as AWS's own evaluation reads it here. */
export type Statement = {
  effect: 'Allow' | 'Deny';
  actions: readonly string[];
  resources: readonly string[];
  /** Who is meant, in a policy of a resource: service names, ARNs or `*`. */
  principals: readonly string[];
  conditions: readonly Condition[];
};

type Condition = { matches: (text: string) => boolean; key: string };

/** One call of one action on one resource. `context`: condition keys, in small letters, with their values. */
export type Asked = { action: string; resource: string; context: Readonly<Record<string, string>> };

const equals = (values: readonly string[]) => (text: string) => values.includes(text);
const like = (values: readonly string[]) => (text: string) => values.some((value) => matchesPattern(value, text));
const operators: Record<string, (values: readonly string[]) => (text: string) => boolean> = {
  StringEquals: equals,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: equals,
};

/** The statements of a policy document. An element or operator that is not known stops the start: half a policy is another policy. */
export function statementsOf(document: unknown): Statement[] {
  return read.list(document, 'Statement').map((statement) => {
    for (const name of ['NotAction', 'NotResource', 'NotPrincipal'])
      if (name in (statement as object)) throw new Error(`The local run does not know ${name} in a policy.`);
    const principal = (statement as { Principal?: unknown }).Principal;
    return {
      effect: read.text(statement, 'Effect') === 'Deny' ? 'Deny' : 'Allow',
      actions: listed((statement as { Action?: unknown }).Action),
      resources: listed((statement as { Resource?: unknown }).Resource),
      principals: typeof principal === 'object' && principal !== null ? Object.values(principal).flatMap(listed) : listed(principal),
      conditions: Object.entries(read.object(statement, 'Condition')).flatMap(([operator, keys]) => conditionsOf(operator, keys as object)),
    };
  });
}

function conditionsOf(operator: string, keys: object): Condition[] {
  const known = operators[operator];
  if (!known) throw new Error(`The local run does not know the condition ${operator} in a policy.`);
  return Object.entries(keys).map(([key, values]) => ({ key: key.toLowerCase(), matches: known(listed(values)) }));
}

/** Whether a statement speaks of a call. A condition on a key that the call does not have is not met, as in AWS. */
export const speaksOf = ({ actions, resources, conditions }: Statement, { action, resource, context }: Asked): boolean =>
  actions.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase())) &&
  resources.some((pattern) => matchesPattern(pattern, resource)) &&
  conditions.every(({ key, matches }) => context[key] !== undefined && matches(context[key]));

/** `*` stands for any characters, `?` for one. */
function matchesPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return same(first, text);
  const last = rest.pop() ?? '';
  if (text.length < first.length + last.length) return false;
  if (!same(first, text.slice(0, first.length)) || !same(last, text.slice(text.length - last.length))) return false;
  const inner = text.slice(first.length, text.length - last.length);
  let from = 0;
  for (const part of rest) {
    const at = indexOf(inner, part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

function indexOf(text: string, part: string, from: number): number {
  for (let at = from; at + part.length <= text.length; at += 1) if (same(part, text.slice(at, at + part.length))) return at;
  return -1;
}

const same = (pattern: string, text: string) =>
  pattern.length === text.length && [...pattern].every((letter, n) => letter === '?' || letter === text[n]);

const listed = (value: unknown): string[] => (value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)]);
