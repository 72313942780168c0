import type { Queue } from '../platform/queue.ts';
import type { ImportStore } from './import-store.ts';
import type { ImportMessage } from './reader-import.ts';

export type WatchServices = {
  imports: Pick<ImportStore, 'list' | 'progress'>;
  queue: Pick<Queue<ImportMessage>, 'send'>;
  now: () => Date;
};

const newest = 20;
/** A stretch of rows takes seconds, going through a whole list a minute. */
const quietMilliseconds = 120_000;

/** Wakes imports whose worker has died: its message would only come back when SQS has given up waiting for it. */
export async function watchImports({ imports, queue, now }: WatchServices): Promise<number> {
  let woken = 0;
  for (const { id, state, startedAt, createdAt } of await imports.list(newest)) {
    if (state !== 'running' && state !== 'checking') continue;
    const last = (state === 'running' && (await imports.progress(id))?.at) || (startedAt ?? createdAt);
    if (Date.parse(last) > now().getTime() - quietMilliseconds) continue;
    await queue.send({ id });
    woken += 1;
  }
  return woken;
}
