import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Mutation, mutations } from './mutations.ts';

const run = promisify(execFile);
const folder = '.build/mutants';

/** Puts each fault into a copy of the production code and simulates that, until something is violated. */
export async function tryMutations(seeds: number, only?: string) {
  const survivors: string[] = [];
  for (const mutation of mutations.filter(({ name }) => !only || name.includes(only))) {
    const caught = await caughtAt(mutation, seeds);
    console.log(
      `${caught ? `seed ${String(caught.seed).padStart(4)}` : 'survived '}  ${mutation.name}${caught ? ` — ${caught.violation}` : ''}`,
    );
    if (!caught) survivors.push(mutation.name);
  }
  console.log(`${survivors.length} of ${mutations.length} mutations survived ${seeds} seeds.`);
  if (survivors.length > 0) process.exitCode = 1;
}

async function caughtAt({ file, replace, by }: Mutation, seeds: number) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['functions', 'emails', 'tests/simulation']) cpSync(part, join(folder, part), { recursive: true });
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(replace, () => by);
  if (after === before) throw new Error(`${file} does not hold what the mutation replaces: ${replace}`);
  writeFileSync(path, after);
  const script = join(folder, 'tests/simulation/simulate.ts');
  const arguments_ = [script, '--seeds', String(seeds), '--until-violated', '--json'];
  const { stdout } = await run(process.execPath, arguments_, { maxBuffer: 2 ** 28 }).catch((error: { stdout: string }) => error);
  const { violated } = JSON.parse(stdout) as { violated: { seed: number; violations: string[] }[] };
  const [first] = violated;
  return first && { seed: first.seed, violation: (first.violations[0] ?? '').slice(0, 120) };
}
