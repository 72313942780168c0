import { seconds } from '../platform/clock.ts';
import { faultOf, logger } from '../platform/logger.ts';
import { Refusal } from '../platform/refusal.ts';
import { type CheckServices, checkImport } from './check-import.ts';
import type { ImportStore } from './import-store.ts';
import { type Attempts, type ImportMessage, importMessage, type ReaderImport } from './reader-import.ts';
import { type RunServices, runImport } from './run-import.ts';

export type WorkServices = CheckServices & RunServices & { imports: ImportStore };

/** Turns that die at one place before an import is given up. Those begun within seconds of each other are workers at once, not deaths. */
const mostAttempts = 3;
const atOnceMs = seconds(30);
/** Until somebody looks whether a turn has got anywhere: a little longer than the function may run, so that one that hangs has ended. */
const stuckSeconds = 125;
/** Before a turn that failed is tried again. */
const retrySeconds = 20;

/**
 * Does what an import waits for: its dry run, or the rows that are still to come. Messages are wake-ups and may come twice. Each turn
 * is written down before it begins, and sends a message that looks after it. So a list on which workers die, without a word or with an error,
 * ends as failed within minutes and keeps nobody from other work.
 */
export async function workOnImport({ id, stuckAt }: ImportMessage, services: WorkServices) {
  const { imports, queue, now } = services;
  const wanted = await imports.find(id);
  if (wanted?.state !== 'checking' && wanted?.state !== 'running') return wanted ? 'nothing_to_do' : 'unknown';
  const place = await placeOf(wanted, imports);
  if (stuckAt !== undefined && stuckAt !== place) return 'nothing_to_do';
  const attempts = attemptsAt(place, wanted.attempts, now());
  const tryingMs = now().getTime() - Date.parse(attempts.since);
  if (attempts.count > mostAttempts && tryingMs >= atOnceMs) return giveUp(wanted, services);
  if (!(await imports.beginTurn(id, attempts))) return 'nothing_to_do';
  await queue.send({ ...importMessage(id), stuckAt: place }, { delaySeconds: stuckSeconds });
  try {
    return wanted.state === 'checking' ? await checkImport(wanted, services) : await runImport(wanted, services);
  } catch (error) {
    // The queue would bring the message back in a quarter of an hour; the next attempt gives up, or is tried soon.
    logger.error('A turn of an import failed', { import: id, attempt: attempts.count, fault: faultOf(error) });
    await queue.send(importMessage(id), { delaySeconds: retrySeconds });
    return 'tried';
  }
}

/** Everything before it is done: a turn that gets anywhere ends at another one. */
async function placeOf({ id, state, turns }: ReaderImport, imports: Pick<ImportStore, 'progress'>): Promise<string> {
  return state === 'running' ? `running ${(await imports.progress(id))?.chunk ?? 0}` : `checking ${turns}`;
}

const attemptsAt = (mark: string, before: Attempts | undefined, now: Date): Attempts =>
  before?.mark === mark ? { ...before, count: before.count + 1 } : { mark, count: 1, since: now.toISOString() };

async function giveUp({ id, state }: ReaderImport, { imports, now }: Pick<WorkServices, 'imports' | 'now'>) {
  const { code, values, message } = new Refusal('import_gave_up', { attempts: mostAttempts, begun: state === 'running' });
  await imports.recordFailed(id, { code, values, detail: message }, now().toISOString());
  return 'failed' as const;
}
