import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { invariants } from './invariants/invariant.ts';
import type { Mutation } from './mutation.ts';
import { mutations } from './mutations.ts';
import type { Violation } from './world.ts';

const run = promisify(execFile);
const folder = '.build/mutants';

/** A process that ended with another code than 0: the simulation does when something is violated, and broken code does, without a result. */
type Ended = { stdout: string; stderr: string };

/** What first gave a mutation away. */
export type Catch = { mutation: string; seed?: number; violations: Violation[] };

/** `only`: mutations whose name has these words. `known`: the seed to begin with, where one noticed the mutation before. */
type Trial = { only?: string; known?: ReadonlyMap<string, number> };

/** Puts each fault into a copy of the production code and simulates that, until something is violated. */
export async function tryMutations(seeds: number, { only = '', known = new Map() }: Trial = {}): Promise<Catch[]> {
  const catches: Catch[] = [];
  for (const mutation of mutations.filter(({ name }) => name.includes(only))) {
    copyWith(mutation);
    const before = known.get(mutation.name);
    const again = before === undefined ? undefined : await firstCatch(mutation, { from: before, seeds: 1 });
    catches.push(again?.seed === undefined ? await firstCatch(mutation, { from: 1, seeds }) : again);
  }
  return catches;
}

/** The catches as a table, and what is wrong: a mutation that survived, an invariant that none violated. */
export function mutationsPage(catches: readonly Catch[], seeds: number) {
  const survivors = catches.filter(({ seed }) => seed === undefined);
  const violated = new Set(catches.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)));
  const idle = catches.length < mutations.length ? [] : invariants.filter((invariant) => !violated.has(invariant));
  const lines = catches.map(({ mutation, seed, violations }) => {
    const by = [...new Set(violations.map(({ invariant }) => invariant))].join('; ');
    return seed === undefined ? `survived   ${mutation}` : `seed ${String(seed).padStart(5)}  ${mutation} — ${by}`;
  });
  lines.push(`${survivors.length} of ${catches.length} mutations survived ${seeds} seeds.`);
  if (idle.length > 0) lines.push(`Invariants that no mutation violates: ${idle.join('; ')}.`);
  return { page: lines.join('\n'), isGood: catches.length > 0 && survivors.length === 0 && idle.length === 0 };
}

/** A mutation's code, as a difference from today's; fails when today's does not hold what it replaces, or holds it twice. */
export function mutated({ file, replace, by }: Mutation): string {
  const parts = readFileSync(file, 'utf8').split(replace);
  if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times what the mutation replaces: ${replace}`);
  return parts.join(by);
}

function copyWith(mutation: Mutation) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of [
    'functions',
    'emails',
    'tests/simulation',
    'tests/support',
    'tests/digests/same-for-everybody.ts',
    'tests/digests/weekly-on.ts',
  ])
    cpSync(part, join(folder, part), { recursive: true });
  writeFileSync(join(folder, mutation.file), mutated(mutation));
}

async function firstCatch({ name }: Mutation, { from, seeds }: { from: number; seeds: number }): Promise<Catch> {
  const script = join(folder, 'tests/simulation/simulate.ts');
  const arguments_ = [script, '--from', String(from), '--seeds', String(seeds), '--until-violated', '--json'];
  const { stdout } = await run(process.execPath, arguments_, { maxBuffer: 2 ** 28 }).catch((error: Ended) => {
    if (error.stdout === '') throw new Error(`The code with "${name}" does not run: ${error.stderr}`);
    return error;
  });
  const { violated } = JSON.parse(stdout) as { violated: { seed: number; violations: Violation[] }[] };
  const [first] = violated;
  return { mutation: name, violations: [], ...first };
}
