import type { Invocation } from '../platform/queue-handler.ts';

/** How long planning and background work may keep the queue's workers from what is behind them. */
const turnMs = 5_000;

/**
 * One turn of work that may take longer: what it has no time for it does in another one, which it asks for by a new message before
 * this one is acknowledged.
 */
export function turnOf({ remainingMilliseconds }: Invocation, clock: () => number = () => performance.now()): Invocation {
  const until = clock() + turnMs;
  return { remainingMilliseconds: () => Math.min(remainingMilliseconds(), until - clock()) };
}
