import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getCallSites } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { Pattern, Place } from './patterns-in.ts';

export type BuiltPattern = Pattern & { file: string; place: Place };

// A thread that loads modules and tells which patterns they build meanwhile: no reader of the source knows what `${words.join('|')}` is.

const found: BuiltPattern[] = [];

const noted = (pattern: RegExp): RegExp => {
  const caller = getCallSites(3)[2];
  if (caller?.scriptName.startsWith('file:')) {
    const place = `${caller.lineNumber}:${caller.columnNumber}`;
    found.push({ source: pattern.source, flags: pattern.flags, file: fileURLToPath(caller.scriptName), place });
  }
  return pattern;
};

globalThis.RegExp = new Proxy(RegExp, {
  construct: (own, parts, asked) => noted(Reflect.construct(own, parts, asked)),
  apply: (own, self, parts) => noted(Reflect.apply(own, self, parts)),
});

for (const file of workerData as string[]) await import(join(process.cwd(), file));

parentPort?.postMessage(found);
