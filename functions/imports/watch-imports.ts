import * as z from 'zod';
import type { Queue } from '../platform/queue.ts';
import { type AskMessage, askMessage } from './ask-unconfirmed.ts';
import type { AskingStore } from './asking-store.ts';
import type { ImportStore } from './import-store.ts';
import { type ImportMessage, importMessage } from './reader-import.ts';

/** What the schedule sends, every five minutes. */
export const WatchImportsMessage = z.object({ kind: z.literal('watch-imports') });

export type WatchServices = {
  imports: Pick<ImportStore, 'list' | 'progress'>;
  asking: Pick<AskingStore, 'open'>;
  queue: Pick<Queue<ImportMessage | AskMessage>, 'send'>;
  now: () => Date;
};

const newest = 20;
/** A turn takes five seconds, and may wait for its place in the queue. */
const quietMilliseconds = 120_000;

/**
 * Wakes imports whose worker died. Without this they would wait until the visibility time-out of its message ends. It also has
 * the next unconfirmed readers asked.
 */
export async function watchImports({ imports, asking, queue, now }: WatchServices): Promise<number> {
  let woken = 0;
  for (const { id, state, startedAt, createdAt, turnAt } of await imports.list(newest)) {
    if (state !== 'running' && state !== 'checking') continue;
    const last = state === 'running' ? ((await imports.progress(id))?.at ?? startedAt) : turnAt;
    if (Date.parse(last ?? createdAt) > now().getTime() - quietMilliseconds) continue;
    await queue.send(importMessage(id));
    woken += 1;
  }
  for (const id of await asking.open()) await queue.send(askMessage(id));
  return woken;
}
