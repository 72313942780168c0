/** A message for SES; `from` and `to` are bare addresses, `tags` come back in every event about it. `raw` is asked for once, at its turn. */
export type OutgoingMessage = { from: string; to: string; readonly raw: Uint8Array; tags: Record<string, string> };

/**
 * What became of one message. All but `submitted` and `unknown` mean for certain that SES did not take it. Reasons are
 * SES's words with every address masked.
 */
export type SubmitOutcome =
  | { kind: 'submitted'; messageId: string }
  /** Faster than the account may: slow down, then again. */
  | { kind: 'throttled' }
  /** The account's quota of 24 hours is used up. */
  | { kind: 'quota' }
  /** A fault of the account that every further message would meet: it is paused or under review, or its configuration set is missing. */
  | { kind: 'blocked'; reason: string }
  /** SES knows neither this sender nor, in its sandbox, this reader: every further message from this sender would meet it. */
  | { kind: 'unverified'; reason: string }
  /** Our credentials have expired or are refused. That may pass by itself. */
  | { kind: 'denied'; reason: string }
  /** A fault of this one message. */
  | { kind: 'rejected'; reason: string }
  /** The message could not be composed, so SES was not asked. */
  | { kind: 'unsendable'; reason: string }
  /** No connection was made: safe to repeat. */
  | { kind: 'not_sent'; reason: string }
  /** Bytes left and no answer we can trust came back: SES may have taken it. */
  | { kind: 'unknown'; reason: string };

/** Told of each outcome as it comes, by the message's place among the others. */
export type OnOutcome = (index: number, outcome: SubmitOutcome) => void;

/** Asked before each message: `stop` when no further one may begin. The place to wait for the pace and look at holds. */
export type Turn = () => Promise<'go' | 'stop'>;

export interface Mailer {
  /**
   * Hands messages over, overlapping, each begun only after its turn. After `stop`, and after an outcome that further
   * messages would share (throttled, quota, blocked, unverified, denied), none is begun: its outcome is undefined. Resolves only when
   * nothing is in flight. A turn that throws counts as `stop`, unless nothing was begun yet: then it is thrown, since no
   * outcome can be lost with it.
   */
  submit(messages: readonly OutgoingMessage[], turn: Turn, onOutcome?: OnOutcome): Promise<(SubmitOutcome | undefined)[]>;
}
