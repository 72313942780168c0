import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Verdict } from './ask-recheck.ts';
import type { Pattern } from './patterns-in.ts';

const folder = '.build';
const file = `${folder}/safe-patterns.json`;
const { version } = createRequire(import.meta.url)('recheck/package.json') as { version: string };

const keyOf = ({ source, flags }: Pattern) => `recheck ${version} /${source}/${flags}`;

/**
 * The patterns that recheck does not call safe, and why. To ask about all takes minutes of a core, so what was safe before on this machine
 * is not asked about again; CI asks about all.
 */
export async function unsafePatterns<Asked extends Pattern>(patterns: readonly Asked[]): Promise<(Asked & Verdict)[]> {
  const safe = new Set(process.env.CI === 'true' ? [] : safeBefore());
  const open = [...new Map(patterns.map((pattern) => [keyOf(pattern), pattern])).entries()].filter(([key]) => !safe.has(key));
  const unsafe: (Asked & Verdict)[] = [];
  const ask = async () => {
    const recheck = new Worker(new URL('./ask-recheck.ts', import.meta.url));
    for (let next = open.pop(); next; next = open.pop()) {
      const [key, pattern] = next;
      recheck.postMessage({ source: pattern.source, flags: pattern.flags });
      const [verdict] = (await once(recheck, 'message')) as [Verdict];
      if (verdict.status === 'safe') safe.add(key);
      else unsafe.push({ ...pattern, ...verdict });
    }
    await recheck.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, ask));
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify([...safe], undefined, 1));
  return unsafe;
}

function safeBefore(): string[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as string[];
  } catch {
    return [];
  }
}
