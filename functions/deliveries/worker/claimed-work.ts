import type { Digest } from '../../digests/digest.ts';
import type { Trip } from '../../digests/trip.ts';
import type { ClaimedBatch, OutcomeLetter } from '../reader-batch.ts';
import type { BatchUsage } from '../report/batch-usage.ts';

/** A claimed batch in a worker's hands, with what the worker knows of each position by now and what it used. */
export type Work = {
  readonly batch: ClaimedBatch;
  /** As it was at the claim. */
  readonly digest: Digest;
  readonly letters: OutcomeLetter[];
  readonly providers: string[];
  usage: BatchUsage;
  /** Until no further send may begin: by the lease, and by the time that the invocation has left. */
  readonly timeLeftMs: () => number;
};

/** Why a worker gives a batch back although positions of it have no outcome yet. */
export type Stop =
  /** A hold is set, and the batch waits until it is lifted. */
  | { why: 'held' }
  /** Only readers of postponed mailbox providers are left. */
  | { why: 'postponed' }
  /** The lease or the invocation ends too soon for another send. */
  | { why: 'time' }
  /** An urgent digest has mails to send. */
  | { why: 'yield' }
  /** SES asked for fewer mails a second. */
  | { why: 'throttled' }
  /** The account cannot send (`mail/breaker.ts`): the batch is woken when it can. */
  | { why: 'unreachable' }
  /** A request never reached SES. */
  | { why: 'not_sent' }
  /** The table, or another service of AWS, could not be asked. */
  | { why: 'aws' }
  /** Our own code failed. */
  | { why: 'error' }
  /** The day's quota is used up. */
  | { why: 'quota' }
  /** SES accepts no mail from this account. */
  | { why: 'fault'; reason: string }
  /** SES rejected too many mails. */
  | { why: 'brake'; trip: Trip };
