import { parentPort } from 'node:worker_threads';
import { check } from 'recheck';
import type { Pattern } from './patterns-in.ts';

/** `vulnerable`: some text takes more than linear time; `unknown`: recheck could not find out. */
export type Verdict = { status: 'safe' | 'vulnerable' | 'unknown'; why: string };

/**
 * Recheck tries texts out, and takes one that exceeds its time for an attack: on a busy machine any would. So it has ten times of what it
 * wants by itself, and the steps that it counts decide. The slowest pattern takes six seconds of a core.
 */
const limits = { timeout: 90_000, attackTimeout: 10_000, incubationTimeout: 2_500 };

parentPort?.on('message', async ({ source, flags }: Pattern) => {
  const said = await check(source, flags, limits);
  const why =
    said.status === 'vulnerable' ? `${said.complexity.summary}: ${said.attack.pattern}` : said.status === 'unknown' ? said.error.kind : '';
  parentPort?.postMessage({ status: said.status, why } satisfies Verdict);
});
