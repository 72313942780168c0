import type { Now } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import { faultOf, logger } from '../platform/logger.ts';
import type { Item, Table } from '../platform/table.ts';
import { AnswerLog } from './answer-log.ts';
import type { SubmitOutcome } from './mailer.ts';
import { type LastOutage, lastOutageIn, lesserThan, type Outage, type OutageCause, outageIn } from './outage.ts';

export type BreakerServices = { table: Pick<Table, 'get' | 'update'>; now: Now };

/** So many failures in a row, of any callers, open the breaker. */
const failuresInARow = 3;
/** So many mails that SES took close it again while it is half open. */
const successesToClose = 5;
/** A mail in flight for so long says that something is wrong before its time-out does. */
const patienceMs = 2_000;
/** Other processes must hear of it sooner: they hold permits for the next three quarters of a second. */
const slowMs = 1_000;

/** What an answer says about the account. `undefined`: nothing, since SES was not asked. */
const verdictOn: Record<SubmitOutcome['kind'], OutageCause | 'fine' | undefined> = {
  submitted: 'fine',
  rejected: 'fine',
  throttled: 'fine',
  quota: 'fine',
  unverified: 'fine',
  unsendable: undefined,
  not_sent: 'unreachable',
  unknown: 'unreachable',
  denied: 'denied',
  blocked: 'fault',
};

/**
 * The circuit breaker of the account. It lies in the pace's item and is a condition of each reservation, so that everybody who sends
 * learns of an outage at once. It opens after three failures in a row, whichever workers had them, or when a fifth of the last fifty
 * answers of one process failed; refused credentials and a paused account open it at once. The watch half opens it for one batch when
 * its probe goes through, and that batch closes it, or opens it again.
 */
export class Breaker {
  readonly #services: BreakerServices;
  readonly #answers = new AnswerLog();
  readonly #inFlight = new Set<{ since: number }>();
  /** Failures in a row, as the item had it when it was last seen. */
  #failures = 0;
  #isTrial = false;
  #isOpen = false;
  constructor(services: BreakerServices) {
    this.#services = services;
  }

  /** Whether this process knows that nobody may send. Reservations ask the table; this is for permits that are in hand already. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether a mail of this process has waited for its answer for two seconds: then none may begin. */
  isStuck(): boolean {
    return this.#hasWaited(patienceMs);
  }

  /** Whether it is about to be stuck, and nobody should reserve anything. */
  isSlow(): boolean {
    return this.#hasWaited(slowMs);
  }

  #hasWaited(milliseconds: number): boolean {
    const latest = this.#services.now().getTime() - milliseconds;
    for (const { since } of this.#inFlight) if (since <= latest) return true;
    return false;
  }

  /** Has a mail handed to SES, and takes note of what SES answers. */
  async during(send: () => Promise<SubmitOutcome>): Promise<SubmitOutcome> {
    const mail = { since: this.#services.now().getTime() };
    this.#inFlight.add(mail);
    const outcome = await send().finally(() => this.#inFlight.delete(mail));
    await this.note(outcome);
    return outcome;
  }

  /** An answer of SES. That it cannot be written down changes nothing about the mail: the next caller that reserves meets the same table. */
  async note(outcome: SubmitOutcome): Promise<void> {
    const verdict = verdictOn[outcome.kind];
    if (verdict === undefined) return;
    try {
      if (verdict === 'fine') await this.#noteSuccess();
      else await this.#noteFailure(verdict, 'reason' in outcome ? outcome.reason : outcome.kind);
    } catch (error) {
      logger.warn('An answer of SES could not be noted', { fault: faultOf(error) });
    }
  }

  /** A reservation has gone through: the line is open, or the caller tries it out. */
  reserved({ failures, openedAt }: Item) {
    this.#failures = Number(failures ?? 0);
    const isTrial = openedAt !== undefined;
    // What was answered before the outage says nothing about its end.
    if (isTrial && !this.#isTrial) this.#answers.forget();
    this.#isTrial = isTrial;
    this.#isOpen = false;
  }

  /** The outage that stops everybody now, and the last one that is over, if there are any. */
  async look(): Promise<{ outage: Outage | undefined; last: LastOutage | undefined }> {
    const item = (await this.#services.table.get(keys.pace)) ?? {};
    return { outage: outageIn(item), last: lastOutageIn(item) };
  }

  /** Nobody reserves anything any more until the watch's probe has gone through. The outage goes on since it began. */
  async open(cause: OutageCause, reason: string): Promise<void> {
    const { table, now } = this.#services;
    const lesser = Object.fromEntries(lesserThan(cause).map((each, n) => [`:lesser${n}`, each]));
    const opened = await table.update(keys.pace, {
      set: 'SET openedAt = if_not_exists(openedAt, :now), openedBy = :cause, openReason = :reason REMOVE failures, trial',
      // Of what is open already only a worse cause, or a trial that failed, changes anything.
      condition: [
        'attribute_not_exists(openedAt) OR attribute_exists(trial)',
        ...Object.keys(lesser).map((each) => `openedBy = ${each}`),
      ].join(' OR '),
      values: { ':now': now().getTime(), ':cause': cause, ':reason': reason, ...lesser },
    });
    // What could not be written stops nobody else, and nobody would wake what waits for it.
    this.#isOpen = true;
    this.#answers.forget();
    if (opened) logger.error('SES takes no mail of this account, and nobody sends', { cause, reason, since: outageIn(opened)?.since });
  }

  /** Lets so many mails go, to see what becomes of them. */
  async halfOpen(mails: number): Promise<void> {
    await this.#services.table.update(keys.pace, {
      set: 'SET trial = :mails',
      condition: 'attribute_exists(openedAt) AND openedBy <> :restore',
      values: { ':mails': mails, ':restore': 'restore' },
    });
  }

  /** Nobody is mailed by a restored table: no probe and no trial ends that, and no other cause takes its place. */
  async holdForRestore(reason: string): Promise<void> {
    await this.#services.table.update(keys.pace, {
      set: 'SET openedAt = :now, openedBy = :restore, openReason = :reason REMOVE failures, trial, faultTold',
      values: { ':now': this.#services.now().getTime(), ':restore': 'restore', ':reason': reason },
    });
  }

  /** An editor has released the restore. That it was no outage of SES leaves nothing to tell afterwards. */
  async releaseRestore(): Promise<void> {
    await this.#services.table.update(keys.pace, {
      set: 'REMOVE openedAt, openedBy, openReason',
      condition: 'openedBy = :restore',
      values: { ':restore': 'restore' },
    });
  }

  /** Sending goes on, if it was being tried out and nothing failed meanwhile. From when to when it stood still stays in the item. */
  async close(): Promise<boolean> {
    const closed = await this.#services.table.update(keys.pace, {
      set: 'SET outageFrom = openedAt, outageUntil = :now, outageReason = openReason REMOVE openedAt, openedBy, openReason, trial, failures, faultTold',
      condition: 'attribute_exists(trial) AND attribute_exists(openedAt)',
      values: { ':now': this.#services.now().getTime() },
    });
    if (closed) logger.info('SES takes mail again, and sending goes on', { since: closed.outageFrom });
    return closed !== undefined;
  }

  /** The digests that send are held for the fault that the account has. */
  async faultIsTold(): Promise<void> {
    await this.#services.table.update(keys.pace, {
      set: 'SET faultTold = :told',
      condition: 'attribute_exists(openedAt)',
      values: { ':told': true },
    });
  }

  async #noteSuccess() {
    this.#answers.add('fine');
    if (this.#isTrial && this.#answers.successesInARow >= successesToClose) {
      this.#isTrial = false;
      await this.close();
    }
    if (this.#failures === 0) return;
    this.#failures = 0;
    await this.#services.table.update(keys.pace, { set: 'REMOVE failures' });
  }

  async #noteFailure(cause: OutageCause, reason: string) {
    this.#answers.add('failed');
    if (cause !== 'unreachable' || this.#isTrial || this.#answers.tooMany) return this.open(cause, reason);
    this.#failures += 1;
    if (this.#failures >= failuresInARow) return this.open(cause, reason);
    const counted = await this.#services.table.update(keys.pace, { set: 'ADD failures :one', values: { ':one': 1 } });
    this.#failures = Number(counted?.failures ?? 0);
    if (this.#failures >= failuresInARow) await this.open(cause, reason);
  }
}
