import type { Digest } from '../../digests/digest.ts';
import { maySend } from '../../digests/hold.ts';
import type { Breaker } from '../../mail/breaker.ts';
import type { Mailer, SubmitOutcome } from '../../mail/mailer.ts';
import type { Permit } from '../../mail/pace.ts';
import { isAwsFault } from '../../platform/aws-fault.ts';
import type { Now, Sleep } from '../../platform/clock.ts';
import { mailablePositions } from '../brake/postponed.ts';
import type { RejectionBrake } from '../brake/rejection-brake.ts';
import { outcomes } from '../reader-batch.ts';
import { type BatchUsage, withSpan } from '../report/batch-usage.ts';
import type { Stop, Work } from './claimed-work.ts';
import type { FairShare } from './fair-share.ts';
import { permitGate } from './permit-gate.ts';
import type { PermitsInHand } from './permits-in-hand.ts';
import type { PreparedBatch } from './prepare-batch.ts';
import { mailableIn, noteReading, type Reading, type ReadingServices, readRecipients } from './read-recipients.ts';
import type { Recipient } from './recipient.ts';

export type SendingServices = ReadingServices & {
  digests: { current(id: string): Promise<Digest | undefined> };
  mailer: Mailer;
  pace: { rate(): Promise<number>; yield(): Promise<void> };
  permits: Pick<PermitsInHand, 'take' | 'putBack' | 'drop'>;
  breaker: Pick<Breaker, 'isOpen' | 'isStuck' | 'isSlow'>;
  brake: Pick<RejectionBrake, 'trips'>;
  fairShare: Pick<FairShare, 'mustYield'>;
  now: Now;
  sleep: Sleep;
};

/** From a reservation to the end of its permits, at most. */
export const permitReserveMs = 2_000;
/** Readers who were read longer ago are read again: at a low rate the last of a batch wait for a minute. */
const readingAgeMs = 5_000;

/**
 * Mails every reader of a claimed batch who may be mailed, chunk by chunk as there are permits, and notes each outcome in the work.
 * The answers of one chunk are not waited for before the next. `onBegun` is called when no further mail will begin.
 * @returns why nothing more of the batch can be sent now, if so
 */
export async function sendBatch(
  work: Work,
  prepared: PreparedBatch,
  services: SendingServices,
  onBegun: () => void,
): Promise<Stop | undefined> {
  const sending = new Sending(work, prepared, services);
  try {
    await sending.beginAll();
  } finally {
    onBegun();
    // What SES has accepted must be written down, whatever went wrong in between.
    await sending.answered();
  }
  return sending.stop();
}

class Sending {
  readonly #work: Work;
  readonly #prepared: PreparedBatch;
  readonly #services: SendingServices;
  readonly #answers: Promise<void>[] = [];
  #stop: Stop | undefined;
  readonly #failed = new Set<'not_sent' | 'unsendable'>();

  constructor(work: Work, prepared: PreparedBatch, services: SendingServices) {
    this.#work = work;
    this.#prepared = prepared;
    this.#services = services;
  }

  /** Until every mail has begun, or something stops it. */
  async beginAll(): Promise<void> {
    const { letters, timeLeftMs } = this.#work;
    const hasTime = () => timeLeftMs() > permitReserveMs;
    const waiting = this.#prepared.mailable.filter((position) => letters[position] === outcomes.open);
    while (waiting.length > 0 && !this.#stop) {
      if (await this.#mustYield()) return this.#end({ why: 'yield' });
      const permits = await this.#services.permits.take({ count: waiting.length, hasTime });
      if (typeof permits === 'string') return this.#end({ why: permits });
      // At a low rate permits are waited for longer than an urgent issue may wait.
      if (await this.#mustYield()) {
        this.#services.permits.putBack(permits);
        return this.#end({ why: 'yield' });
      }
      waiting.unshift(...(await this.#begin(waiting.splice(0, permits.length), permits)));
    }
  }

  answered = () => Promise.all(this.#answers);

  stop(): Stop | undefined {
    if (this.#stop) return this.#stop;
    if (this.#failed.has('unsendable')) return { why: 'error' };
    if (this.#failed.has('not_sent')) return { why: this.#services.breaker.isOpen ? 'unreachable' : 'not_sent' };
    return undefined;
  }

  #mustYield = () => this.#services.fairShare.mustYield(this.#work.batch.digest);

  /** Begins the mails of a chunk. Answers with the positions that could not use their permits in time. */
  async #begin(chunk: readonly number[], permits: readonly Permit[]): Promise<readonly number[]> {
    const { now, sleep, breaker, mailer, pace } = this.#services;
    const recipients = await this.#stillMailable(chunk).catch((error: unknown) => {
      this.#services.permits.putBack(permits);
      throw error;
    });
    const positions = recipients.map(([position]) => position);
    const granted = await pace.rate();
    const mails = positions.length;
    const { gate, turn, over } = permitGate(
      this.#work,
      { permits, mails },
      {
        now,
        sleep,
        breaker,
        pace,
        isHeld: () => this.#isHeld(),
        isStopped: () => this.#stop !== undefined,
      },
    );
    if (mails > 0) {
      const messages = recipients.map(([position, reader]) => this.#prepared.compose(reader, tagsOf(this.#work.batch, position, reader)));
      const submitted = mailer
        .submit(messages, turn, (n, answer) => this.#note(positions[n] ?? 0, answer))
        .then((answers) => this.#use(answers, granted, gate.begunAt));
      this.#answers.push(submitted);
      await Promise.race([over, submitted]);
    }
    // A permit that lapsed is put back, too: there it is seen, and not counted in the quota.
    this.#services.permits.putBack(permits.slice(gate.begun));
    if (this.#stop?.why === 'throttled') this.#services.permits.drop();
    if (gate.end === 'error') this.#end({ why: isAwsFault(gate.error) ? 'aws' : 'error' });
    else if (gate.end && gate.end !== 'lapsed' && gate.end !== 'stopped') this.#end({ why: gate.end });
    return positions.slice(gate.begun);
  }

  /** Who of these may be mailed at this moment: readers leave, and providers are postponed, while others are mailed. */
  async #stillMailable(chunk: readonly number[]): Promise<[number, Recipient][]> {
    const { batch, digest } = this.#work;
    const reading = await this.#readingOf(chunk);
    const current = (await this.#services.digests.current(batch.digest)) ?? digest;
    const mailable = new Set(mailableIn(reading, current));
    return chunk.flatMap((position): [number, Recipient][] => {
      const reader = reading.recipients.get(position);
      return reader && mailable.has(position) ? [[position, reader]] : [];
    });
  }

  async #readingOf(chunk: readonly number[]): Promise<Reading> {
    const { reading } = this.#prepared;
    if (this.#services.now().getTime() - reading.at <= readingAgeMs) return reading;
    const fresh = await readRecipients(chunk, this.#work.batch, this.#work.digest, this.#services);
    noteReading(this.#work, fresh);
    return fresh;
  }

  async #isHeld(): Promise<boolean> {
    const digest = await this.#services.digests.current(this.#work.batch.digest);
    return !digest || !maySend(digest, this.#work.batch);
  }

  /** Each answer as it comes: what stops the batch stops it at once. */
  #note(position: number, answer: SubmitOutcome) {
    const { letters, batch } = this.#work;
    if (answer.kind === 'submitted' || answer.kind === 'rejected' || answer.kind === 'unknown') letters[position] = outcomes[answer.kind];
    else if (answer.kind === 'not_sent' || answer.kind === 'unsendable') this.#failed.add(answer.kind);
    else if (answer.kind === 'blocked' || answer.kind === 'unverified') this.#end({ why: 'fault', reason: answer.reason });
    else if (answer.kind === 'denied') this.#end({ why: 'unreachable' });
    else this.#end({ why: answer.kind });
    // The next batch has permits in hand already.
    if (answer.kind === 'throttled') this.#services.permits.drop();
    const trip = this.#services.brake.trips(batch.digest, [answer]);
    if (trip) this.#end({ why: 'brake', trip });
  }

  #use(answers: readonly (SubmitOutcome | undefined)[], granted: number, begunAt: number | undefined) {
    this.#work.usage = usageAfter(answers, { ...this.#work.usage, granted }, begunAt, this.#services.now());
  }

  /** What a hold has to be set for outweighs what will pass. */
  #end(stop: Stop) {
    if (stop.why === 'quota' || stop.why === 'fault' || stop.why === 'brake') this.#stop = stop;
    else this.#stop ??= stop;
  }
}

/** Why positions are left although nothing stopped the batch; undefined when none are. */
export function leftIn({ letters, providers }: Work, { postponed }: Pick<Digest, 'postponed'>): Stop | undefined {
  if (!letters.includes(outcomes.open)) return undefined;
  return { why: mailablePositions({ outcomes: letters, providers }, { postponed }).length === 0 ? 'postponed' : 'time' };
}

/** What SES's events bring back: the way from an event to its position. */
const tagsOf = (batch: Work['batch'], position: number, { id }: Recipient): Record<string, string> => ({
  kind: 'digest',
  digest: batch.digest,
  shard: batch.shard,
  batch: String(batch.batch),
  position: String(position),
  attempt: String(batch.attempt),
  // Only for readers who have moved: the mail goes to their new address.
  ...(id !== batch.readers[position] && { reader: id }),
});

/** With when SES accepted mails of this chunk, and how often it asked for fewer. */
function usageAfter(
  answers: readonly (SubmitOutcome | undefined)[],
  usage: BatchUsage,
  begunAt: number | undefined,
  now: Date,
): BatchUsage {
  const throttled = usage.throttled + answers.filter((answer) => answer?.kind === 'throttled').length;
  const accepted = answers.some((answer) => answer?.kind === 'submitted');
  return accepted && begunAt !== undefined ? withSpan({ ...usage, throttled }, [begunAt, now.getTime()]) : { ...usage, throttled };
}
