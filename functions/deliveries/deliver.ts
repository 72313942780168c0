import type { Digest } from '../digests/digest.ts';
import { type Hold, maySend } from '../digests/hold.ts';
import { isAwsFault } from '../platform/aws-fault.ts';
import { faultOf, logger } from '../platform/logger.ts';
import type { Evidence } from './evidence.ts';
import type { Ledger } from './ledger.ts';
import { type BatchMessage, batchMessage, type ClaimedBatch, type OutcomeLetter, openPositions, outcomes } from './reader-batch.ts';
import type { Stop, Work } from './worker/claimed-work.ts';
import { type HandBackServices, handBack, secondsOfOutage } from './worker/hand-back.ts';
import type { NoPermit, PermitsInHand } from './worker/permits-in-hand.ts';
import { type PreparedBatch, type PreparingServices, prepareBatch } from './worker/prepare-batch.ts';
import { noteReading } from './worker/read-recipients.ts';
import { leftIn, permitReserveMs, type SendingServices, sendBatch } from './worker/send-batch.ts';
import type { Turns } from './worker/turns.ts';

/*
 * The words of this module and of `worker/`:
 *
 * batch     up to fifty readers. A reader's place in it is a position; what became of a position is one letter.
 * prepare   read a batch and its readers, which changes nothing.
 * claim     one worker's right to send a batch, until its lease ends. Everything it finds out is written down at the end.
 * permit    the right to begin one send at one moment (`mail/pace.ts`).
 * chunk     the positions that are mailed with the permits in hand.
 * stop      why a worker gives a batch back before every position has an outcome.
 */

export type DeliveryServices = PreparingServices &
  SendingServices &
  HandBackServices & {
    ledger: Pick<Ledger, 'claim' | 'settle' | 'evidence'>;
    digests: { started(digest: Digest): Promise<void>; hold(id: string, hold: Hold): Promise<boolean> };
    permits: Pick<PermitsInHand, 'ensure' | 'giveBack'>;
    /** One batch of a process is prepared while another one sends. */
    preparing: Turns;
    sending: Turns;
    newClaimId: () => string;
  };

type Answer = 'not_sending' | 'already_claimed' | 'settled' | 'put_back';

/** The function's time-out and a minute: by then the worker that claimed is certainly gone, clocks included. */
const leaseMs = 180_000;
/** No send starts with less than this left of the lease: a send takes up to 10 s, and clocks differ by up to 20 s. */
const leaseReserveMs = 30_000;
const invocationReserveMs = 20_000;
/** A claim without an answer may have taken effect: it is made again, under the same name. */
const claimAgainMs = 500;

/**
 * Delivers one batch. A message is only a wake-up: a batch that is held, claimed or settled is left alone. Everything is read and
 * permits are in hand before the claim, which is the last write before the first send, and the next batch of this process is claimed
 * when every mail of this one has begun. So a worker that dies leaves one batch in doubt at most, and none before its claim. The one
 * way out of a claim is `handBack`, whatever happens in between.
 */
export async function deliver(message: BatchMessage, services: DeliveryServices, remainingMilliseconds: () => number): Promise<Answer> {
  const timeLeftMs = () => remainingMilliseconds() - invocationReserveMs;
  const ready = await prepareInTurn(message, services, timeLeftMs);
  if (typeof ready === 'string') return ready;
  try {
    const batch = await claim(message, services).catch((error: unknown) => sendLater(message, error, services));
    if (typeof batch === 'string') return batch;
    const work = workOn(batch, ready.digest, services, timeLeftMs);
    const stop = await send(work, ready, services).catch((error: unknown) => failed(work, error));
    await handBack(work, stop, services);
    return stop ? 'put_back' : 'settled';
  } finally {
    ready.turnIsOver();
    await services.permits.giveBack();
  }
}

/** A batch that is prepared, and whose turn to send it is. */
type Ready = PreparedBatch & { turnIsOver: () => void };

async function prepareInTurn(message: BatchMessage, services: DeliveryServices, timeLeftMs: () => number): Promise<Ready | Answer> {
  const { preparing, sending, digests, permits, fairShare } = services;
  const hasTime = () => timeLeftMs() > permitReserveMs;
  const permitsFor = async ({ mailable }: PreparedBatch) =>
    mailable.length > 0 ? permits.ensure({ count: mailable.length, hasTime }) : undefined;
  const preparingIsOver = await preparing.take();
  let turnIsOver: () => void = preparingIsOver;
  try {
    const prepared = await prepareBatch(message, services);
    if (typeof prepared === 'string') return prepared;
    // While the batch before this one sends; what that one still needs, it takes first.
    let none = await permitsFor(prepared);
    if (none) return await withoutPermits(message, none, services);
    turnIsOver = await sending.take();
    // The wait may have been long.
    const digest = await digests.current(message.digest);
    const mayStart = digest !== undefined && maySend(digest, message);
    const yields = mayStart && (await fairShare.mustYield(message.digest));
    none = yields ? 'time' : mayStart ? await permitsFor(prepared) : undefined;
    if (mayStart && !none) {
      await digests.started(digest);
      return { ...prepared, digest, turnIsOver };
    }
    turnIsOver();
    return none ? await withoutPermits(message, none, services) : 'not_sending';
  } catch (error) {
    turnIsOver();
    return isAwsFault(error) ? await sendLater(message, error, services) : await countFault(message, error, services);
  } finally {
    preparingIsOver();
  }
}

/** What takes the hold away, or closes the breaker, wakes the batch; one that only ran out of time wakes itself. */
async function withoutPermits(message: BatchMessage, why: NoPermit, { digests, batches }: DeliveryServices): Promise<Answer> {
  if (why === 'quota') await digests.hold(message.digest, 'quota');
  if (why !== 'time') return 'not_sending';
  await batches.send(message);
  return 'put_back';
}

/** AWS cannot be asked: the batch is as it was, and its wake-up comes again. */
async function sendLater(message: BatchMessage, error: unknown, { batches }: DeliveryServices): Promise<Answer> {
  if (!isAwsFault(error)) throw error;
  logger.warn('A batch could not be begun', { ...batchMessage(message), fault: faultOf(error) });
  await batches.send(message, { delaySeconds: secondsOfOutage });
  return 'put_back';
}

/** A fault of Periodical itself counts for the batch, so that it does not come back for ever. */
async function countFault(message: BatchMessage, error: unknown, services: DeliveryServices): Promise<Answer> {
  const digest = await services.digests.current(message.digest);
  const batch = digest && (await claim(message, services));
  if (!digest || typeof batch === 'string' || !batch) return 'already_claimed';
  const work = workOn(batch, digest, services, () => leaseMs);
  await handBack(work, failed(work, error), services);
  return 'put_back';
}

async function claim(
  message: BatchMessage,
  { ledger, newClaimId, sleep, now }: DeliveryServices,
): Promise<ClaimedBatch | 'already_claimed'> {
  const claimId = newClaimId();
  const once = () => ledger.claim(message, claimId, now().getTime() + leaseMs);
  const batch = await once().catch(async (error: unknown) => {
    if (!isAwsFault(error)) throw error;
    await sleep(claimAgainMs);
    return once();
  });
  return batch ?? 'already_claimed';
}

function workOn(batch: ClaimedBatch, digest: Digest, { now }: DeliveryServices, invocationMs: () => number): Work {
  const timeLeftMs = () => Math.min(batch.leaseUntil - now().getTime() - leaseReserveMs, invocationMs());
  return { batch, digest, letters: [...batch.outcomes], providers: [...batch.providers], usage: batch.usage, timeLeftMs };
}

/** Sends until every position has an outcome, or until something stops it. */
async function send(work: Work, ready: Ready, services: DeliveryServices): Promise<Stop | undefined> {
  const { batch, digest, letters } = work;
  if (batch.attempt > 1) settleByEvidence(letters, await services.ledger.evidence(batch));
  noteReading(work, ready.reading);
  const stop = await sendBatch(work, ready, services, ready.turnIsOver);
  return stop ?? leftIn(work, (await services.digests.current(batch.digest)) ?? digest);
}

/** No request is in flight any more: what was submitted is written down, the rest is tried again. */
function failed({ batch }: Work, error: unknown): Stop {
  logger.error('A batch could not be served', { ...batchMessage(batch), attempt: batch.attempt, fault: faultOf(error) });
  return { why: isAwsFault(error) ? 'aws' : 'error' };
}

/** An earlier attempt may have sent more than it could write down. */
function settleByEvidence(letters: OutcomeLetter[], evidence: Evidence) {
  for (const position of openPositions({ outcomes: letters })) if (evidence.isAccepted(position)) letters[position] = outcomes.submitted;
}
