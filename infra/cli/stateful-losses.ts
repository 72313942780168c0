import { stripVTControlCharacters } from 'node:util';
import { statefulTypes } from '../stateful-types.ts';

export type Loss = { type: string; logicalId: string; what: string };
export type DeployedTemplate = { Resources: Record<string, { Type: string }> };

/** How `cdk diff` says what becomes of a resource, and what that is for what it holds. */
const impacts: [string, string][] = [
  ['destroy', 'would be deleted'],
  ['orphan', 'would leave the stack, and be kept where nothing finds it'],
  ['may be replaced', 'may be replaced by an empty one'],
  ['replace', 'would be replaced by an empty one'],
];

/**
 * What of a deployed template would be lost, as `cdk diff` says it. A secret whose generator changes is lost too, although
 * nothing is replaced: CloudFormation then generates another value.
 */
export function statefulLosses(diff: string, { Resources }: DeployedTemplate): Loss[] {
  const lines = stripVTControlCharacters(diff).split('\n');
  if (!lines.some((line) => /^✨ {2}Number of stacks with differences/.test(line)))
    throw new Error(`This is not what \`cdk diff\` says:\n${diff}`);
  return lines.flatMap((line, n) => {
    // The type is the new one, which need not be the deployed one.
    const [, rest] = /^\[[-~]\] AWS::\S+ (.+)$/.exec(line) ?? [];
    if (rest === undefined) return [];
    const [impact, what] = impacts.find(([word]) => rest.endsWith(` ${word}`)) ?? ['', undefined];
    const logicalId =
      rest
        .slice(0, rest.length - impact.length)
        .trim()
        .split(' ')
        .at(-1) ?? '';
    const type = Resources[logicalId]?.Type;
    if (!type || !statefulTypes.includes(type)) return [];
    if (what) return [{ type, logicalId, what }];
    if (!changesBelow(lines, n + 1).some((change) => / \[[-+~]\] GenerateSecretString\b/.test(change))) return [];
    return [{ type, logicalId, what: 'would get another value, because its generator changes' }];
  });
}

/** The lines about one resource: they begin with a space, the next resource does not. */
function changesBelow(lines: string[], start: number): string[] {
  const end = lines.findIndex((line, n) => n >= start && !line.startsWith(' '));
  return lines.slice(start, end < 0 ? undefined : end);
}
