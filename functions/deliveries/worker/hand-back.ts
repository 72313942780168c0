import type { Hold } from '../../digests/hold.ts';
import type { Trip } from '../../digests/trip.ts';
import { isAwsFault } from '../../platform/aws-fault.ts';
import type { Now, Sleep } from '../../platform/clock.ts';
import type { AwsCalls } from '../../platform/metering/aws-calls.ts';
import type { Queue } from '../../platform/queue.ts';
import type { Ledger } from '../ledger.ts';
import { type BatchMessage, batchMessage, noProvider, openPositions, outcomes } from '../reader-batch.ts';
import { withCalls } from '../report/batch-usage.ts';
import type { Stop, Work } from './claimed-work.ts';

export type HandBackServices = {
  ledger: Pick<Ledger, 'settle'>;
  digests: {
    hold(id: string, hold: Hold, reason?: string): Promise<boolean>;
    brake(id: string, trip: Trip): Promise<boolean>;
    accepted(id: string): Promise<void>;
    finishIfComplete(id: string): Promise<void>;
  };
  pace: { yield(): Promise<void> };
  batches: Queue<BatchMessage>;
  /** What this process has asked of AWS since it was last asked. */
  spent: () => AwsCalls;
  now: Now;
  sleep: Sleep;
};

/** A batch of which nothing could be sent so many times in a row, by a fault of Periodical itself, is given up. */
const stallsBeforeFailing = 5;
const secondsPerStall = 30;
/** An outage of AWS lasts minutes, and gives up nobody. */
export const secondsOfOutage = 20;

/**
 * Ends a claim: sets the hold that the stop asks for, writes down every outcome, and wakes the batch again if the rest of it
 * need not wait for anything.
 */
export async function handBack(work: Work, stop: Stop | undefined, services: HandBackServices): Promise<void> {
  const { batch, letters, providers } = work;
  const { ledger, digests, batches, spent, now } = services;
  const stalled = stallsOf(work, stop);
  if (stalled >= stallsBeforeFailing) for (const position of openPositions({ outcomes: letters })) letters[position] = outcomes.failed;
  await actOn(stop, batch.digest, services);
  const waitsFor = stop?.why === 'postponed' ? providersLeft(work) : undefined;
  const usage = withCalls(work.usage, spent());
  const state = await written(
    () => ledger.settle(batch, { outcomes: letters, providers, usage, stalled, waitsFor, now: now() }),
    work,
    services,
  );
  // A batch that is held or postponed, or that nobody can send now, is woken when that ends; any other now or a little later.
  const waits = stop !== undefined && wokenByOthers.has(stop.why);
  if (state === 'planned' && !waits) await batches.send(batchMessage(batch), { delaySeconds: delayOf(stop, stalled) });
  if (letters.includes(outcomes.submitted)) await digests.accepted(batch.digest);
  if (state === 'settled') await digests.finishIfComplete(batch.digest);
}

/** Nobody else knows what became of these mails: while the claim lasts it is tried again to write it down. */
async function written<Answer>(write: () => Promise<Answer>, { timeLeftMs }: Work, { sleep }: HandBackServices): Promise<Answer> {
  for (let waitMs = 500; ; waitMs *= 2) {
    try {
      return await write();
    } catch (error) {
      if (!isAwsFault(error) || timeLeftMs() <= waitMs) throw error;
      await sleep(waitMs);
    }
  }
}

const wokenByOthers: ReadonlySet<Stop['why']> = new Set(['held', 'postponed', 'unreachable']);

const delayOf = (stop: Stop | undefined, stalled: number) =>
  stop?.why === 'aws' || stop?.why === 'not_sent' ? secondsOfOutage : stalled * secondsPerStall;

/**
 * How many attempts in a row, this one included, have reached no reader because of a fault of Periodical itself. What AWS could not do counts for
 * nothing: it says nothing about these readers.
 */
function stallsOf({ batch, letters }: Work, stop: Stop | undefined): number {
  const reachedSomebody = batch.outcomes.some((letter, position) => letter !== letters[position]);
  if (reachedSomebody) return 0;
  return stop?.why === 'error' ? batch.stalled + 1 : batch.stalled;
}

async function actOn(stop: Stop | undefined, digest: string, { digests, pace }: HandBackServices) {
  if (stop?.why === 'quota') await digests.hold(digest, 'quota');
  if (stop?.why === 'fault') await digests.hold(digest, 'fault', stop.reason);
  if (stop?.why === 'brake') await digests.brake(digest, stop.trip);
  if (stop?.why === 'throttled') await pace.yield();
}

/** Whose mailboxes the open positions belong to, by their providers' letters. */
const providersLeft = ({ letters, providers }: Work) =>
  new Set(openPositions({ outcomes: letters }).map((position) => providers[position] ?? noProvider));
