import type { CliWords } from '../words/en.ts';
import type { ValuesOf } from './cli-error.ts';

/** How it is with one thing. `note`: nothing is wrong, or nobody can tell; `wait`: it needs time, mostly DNS; `trouble`: it needs you. */
type Level = 'good' | 'note' | 'wait' | 'trouble';

/** What a look found: a code and values. What it means and what to do is in the catalogue. */
export type CliFinding = { code: string; level: Level; values: object };

type Good = CliWords['good'];
type Trouble = CliWords['trouble'];

export const good = <Code extends keyof Good>(code: Code, values: ValuesOf<Good[Code]>): CliFinding => ({
  code,
  level: 'good',
  values,
});

const bad =
  (level: Level) =>
  <Code extends keyof Trouble>(code: Code, values: ValuesOf<Trouble[Code]>): CliFinding => ({ code, level, values });
export const trouble = bad('trouble');
export const wait = bad('wait');
export const note = bad('note');

export type FindingSaid = { found: string; means?: string; todo?: string };

function findingInWords({ code, level, values }: CliFinding, words: CliWords): FindingSaid {
  if (level === 'good') return { found: (words.good[code as keyof Good] as (values: object) => string)(values) };
  return (words.trouble[code as keyof Trouble] as (values: object) => Required<FindingSaid>)(values);
}

const marks: Record<Level, string> = { good: '✓', note: '·', wait: '…', trouble: '✗' };

/** For a person: what was found on the first line, what it means and what to do below it. */
export function findingAsText(finding: CliFinding, words: CliWords): string {
  const { found, means, todo } = findingInWords(finding, words);
  return [`${marks[finding.level]} ${found}`, ...(means ? [`    ${means}`] : []), ...(todo ? [`    → ${todo}`] : [])].join('\n');
}

export const asResult = (finding: CliFinding, words: CliWords) => ({ ...finding, ...findingInWords(finding, words) });

/** Nothing here is in the way. */
export const isClear = (findings: readonly CliFinding[]) => findings.every(({ level }) => level === 'good' || level === 'note');
