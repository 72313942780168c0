import type { Now, Sleep } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Item, Table } from '../platform/table.ts';
import type { Breaker } from './breaker.ts';
import { SesUnreachable } from './outage.ts';
import { freeForDigests, type SendQuota } from './send-quota.ts';
import { outcomeOfFailure } from './submit-outcome.ts';

/** The time, in milliseconds since 1970, in which one message may be sent to SES. After `until` it must not be used. */
export type Permit = { from: number; until: number };

export type PaceServices = { table: Table; breaker: Breaker; sendQuota: () => Promise<SendQuota>; now: Now; sleep: Sleep };

/** What a reservation comes to. `unreachable`: nobody sends, and the watch wakes what waits when that is over. */
export type Permits = readonly Permit[] | 'unreachable';

/** The share of the granted rate that is used. With it, late permits never make more than the full rate in any ten seconds. */
const usedShare = 0.99;
/** In no second shall more messages leave than this share of the rate. */
const mostInSecond = 1.1;
/** The longest a permit may be late, where the rate is high enough to allow it. */
const latest = 100;
/** From a reservation to the first request: the readers are read and their messages composed. */
const headStartMs = 60;
const quotaAgeMs = 60_000;

/**
 * How far ahead of the clock the line may reach when somebody reserves, in milliseconds. Digests keep it short, so that a mail
 * that a person waits for is less than a second late. Such mails may join a longer line than digests, which cannot keep them out.
 */
const ahead = { digest: 250, person: 10_000 } as const;
/** How often a sender that waits for an answer looks again, and has all others wait for another second. */
const stuckMs = 500;
const longestWaitMs = 200;
/** Senders that wait for a shorter line try again at different moments within this time. */
const spreadMs = 100;

/**
 * How late a permit may be used. A second and that much more must not hold more permits than 1.1 times the rate: at 14 a second
 * 82 ms, from 20 a second on 100 ms, below 10 a second, where a tenth more is no whole message, 10 ms.
 */
const lateness = (rate: number) =>
  Math.min(latest, Math.floor((Math.max(1, Math.floor(mostInSecond * rate)) / (usedShare * rate)) * 1_000 - 1_000));

/**
 * The one pace of the account. Every sender reserves permits here first, confirmations included. A reservation is one conditional
 * write (rarely two) of at most half a second of the granted rate: a worker that dies wastes no more. The pace is not promised
 * when clocks differ by more than 250 ms.
 */
export class Pace {
  readonly #services: PaceServices;
  constructor(services: PaceServices) {
    this.#services = services;
  }

  /**
   * Up to `wanted` permits, the first of which is valid within 1.5 s. None if the caller has no time left, or if digests have used
   * their part of the day's quota. With many senders the wait may be long. Within a process one caller at a time reserves. While the
   * breaker is open nobody gets any.
   */
  reserve(wanted: number, reservation: Reservation = {}): Promise<Permits> {
    const permits = this.#inside.then(() => this.#reserve(wanted, reservation));
    this.#inside = permits.catch(() => undefined);
    return permits;
  }

  #inside: Promise<unknown> = Promise.resolve();
  /** Where the line ended when it was last seen. It never ends sooner, so a caller who finds it too long need not ask again. */
  #lastEnd = 0;

  async #reserve(wanted: number, { sender = 'digest', hasTime = () => true }: Reservation): Promise<Permits> {
    const { now, sleep, breaker } = this.#services;
    let trial: number | undefined;
    while (hasTime()) {
      const rate = await this.rate();
      if (rate <= 0) return 'unreachable';
      if (breaker.isSlow()) {
        await this.yield();
        await sleep(stuckMs);
        continue;
      }
      const wait = this.#lastEnd - ahead[sender] - now().getTime();
      if (wait > 0) {
        // Not longer, since a mail may become slow meanwhile.
        await sleep(Math.min(wait, longestWaitMs));
        continue;
      }
      const count = Math.max(1, Math.min(wanted, trial ?? wanted, Math.floor(rate / 2)));
      const gap = 1_000 / (rate * usedShare);
      const line = { count, length: thousandths(count * gap), late: lateness(rate), horizon: ahead[sender], isTrial: trial !== undefined };
      const taken = (await this.#extend(line)) ?? (await this.#restart(line));
      if (taken) {
        this.#lastEnd = taken.end;
        breaker.reserved(taken.item);
        const granted = sender === 'person' ? count : Math.min(count, taken.free);
        return Array.from({ length: granted }, (_, n) => taken.end - line.length + n * gap).map((from) => ({
          from,
          until: from + line.late,
        }));
      }
      const seen = await this.#look();
      if (seen.isOpen && seen.trial <= 0) return 'unreachable';
      const wasTrial = trial !== undefined;
      trial = seen.isOpen ? seen.trial : undefined;
      // The line is there, under the other condition.
      if (wasTrial !== seen.isOpen) continue;
      await sleep((now().getTime() * 7) % spreadMs);
    }
    return [];
  }

  /**
   * Waits until one message may go.
   * @throws SesUnreachable while the breaker is open
   */
  async turn(): Promise<void> {
    const { now, sleep, breaker } = this.#services;
    for (;;) {
      const permits = await this.reserve(1, { sender: 'person' });
      if (permits === 'unreachable') throw new SesUnreachable();
      const [permit] = permits;
      if (!permit) continue;
      await sleep(Math.max(0, permit.from - now().getTime()));
      while (breaker.isSlow()) {
        await this.yield();
        if (!breaker.isStuck()) break;
        await sleep(stuckMs);
      }
      if (breaker.isOpen) throw new SesUnreachable();
      if (now().getTime() <= permit.until) return;
    }
  }

  /** SES throttled although the pace was kept, so another application sends too. Nobody reserves permits for the next second. */
  async yield(): Promise<void> {
    const until = this.#services.now().getTime() + 1_000;
    await this.#services.table.update(keys.pace, {
      set: 'SET nextFree = :until',
      condition: 'nextFree < :until',
      values: { ':until': until },
    });
  }

  /** Permits that no mail used. Their time is lost, but their part of the day's quota is free again. */
  async giveBack(unused: number): Promise<void> {
    await this.#services.table.update(keys.pace, { set: 'ADD reserved :unused', values: { ':unused': -unused } });
  }

  /** The account's quota as last read, at most a minute old, and what was reserved of it since. */
  async quota(): Promise<SendQuota> {
    for (;;) {
      const { table, now, sleep } = this.#services;
      const { rate, max24HourSend, sentLast24Hours, reserved = 0, readAt } = (await table.get(keys.pace)) ?? {};
      const fresh = typeof readAt === 'number' && readAt > now().getTime() - quotaAgeMs;
      if (!fresh && (await this.#refresh())) continue;
      if (typeof rate === 'number')
        return { maxSendRate: rate, max24HourSend: Number(max24HourSend), sentLast24Hours: Number(sentLast24Hours) + Number(reserved) };
      if (fresh && (await this.#refresh())) continue;
      await sleep(100);
    }
  }

  #known: { rate: number; readAt: number } | undefined;

  /** Messages a second that SES grants the account. */
  async rate(): Promise<number> {
    const now = this.#services.now().getTime();
    if (this.#known && this.#known.readAt > now - quotaAgeMs) return this.#known.rate;
    const { maxSendRate } = await this.quota();
    // While SES grants nothing, the watch asks every minute, and its answer counts at once.
    this.#known = maxSendRate > 0 ? { rate: maxSendRate, readAt: now } : undefined;
    return maxSendRate;
  }

  /** Asks SES now, even if another caller has just asked. */
  async askAgain(): Promise<SendQuota> {
    await this.#ask();
    return this.quota();
  }

  /** One caller a minute asks SES; the others read what it wrote, or what was written before if SES cannot be asked. */
  async #refresh(): Promise<boolean> {
    const { table, now, breaker } = this.#services;
    const at = now().getTime();
    const mine = await table.update(keys.pace, {
      set: 'SET readAt = :now',
      condition: 'attribute_not_exists(readAt) OR readAt < :old OR (attribute_not_exists(rate) AND readAt < :soon)',
      values: { ':now': at, ':old': at - quotaAgeMs, ':soon': at - 2_000 },
    });
    if (!mine) return false;
    try {
      await this.#ask();
      return true;
    } catch (error) {
      await breaker.note(outcomeOfFailure(error));
      if (mine.rate === undefined) throw error;
      return false;
    }
  }

  async #ask() {
    const { table, sendQuota, breaker } = this.#services;
    const quota = await sendQuota();
    if (quota.maxSendRate <= 0) await breaker.open('unreachable', 'SES grants this account no mails a second.');
    await table.update(keys.pace, {
      // What was reserved before this answer is counted in it, but for what is on its way.
      set: 'SET #rate = :rate, max24HourSend = :max, sentLast24Hours = :sent, reserved = :none',
      names: { '#rate': 'rate' },
      values: { ':rate': quota.maxSendRate, ':max': quota.max24HourSend, ':sent': quota.sentLast24Hours, ':none': 0 },
    });
  }

  /** The line is moving: take the next span of it, unless it reaches too far ahead already. */
  async #extend({ length, late, horizon, ...line }: Line) {
    const now = this.#services.now().getTime();
    return this.#take(line, {
      end: 'nextFree + :length',
      condition: 'nextFree BETWEEN :earliest AND :latest',
      values: { ':length': length, ':earliest': now + headStartMs - late, ':latest': now + horizon },
    });
  }

  /** Nobody has sent for a while: a new line begins as soon as a message can be ready. */
  async #restart({ length, late, ...line }: Line) {
    const now = this.#services.now().getTime();
    return this.#take(line, {
      end: ':end',
      condition: '(attribute_not_exists(nextFree) OR nextFree < :earliest)',
      values: { ':end': now + headStartMs + length, ':earliest': now + headStartMs - late },
    });
  }

  /** That the breaker is closed, or lets so many mails go to try it out, is a condition of every reservation. */
  async #take({ count, isTrial }: Pick<Line, 'count' | 'isTrial'>, { end, condition, values }: Span) {
    const item = await this.#services.table.update(keys.pace, {
      set: `SET nextFree = ${end}${isTrial ? ', trial = trial - :count' : ''} ADD reserved :count`,
      condition: `${condition} AND ${isTrial ? 'trial >= :count' : 'attribute_not_exists(openedAt)'}`,
      values: { ...values, ':count': count },
    });
    return item && { ...takenIn(item, count), item };
  }

  /** Somebody else was faster, or the breaker is open: a read costs a tenth of a write that fails. */
  async #look() {
    const { nextFree, openedAt, trial } = (await this.#services.table.get(keys.pace)) ?? {};
    this.#lastEnd = Math.max(this.#lastEnd, Number(nextFree ?? 0));
    return { isOpen: openedAt !== undefined, trial: Number(trial ?? 0) };
  }
}

type Reservation = { sender?: keyof typeof ahead; hasTime?: () => boolean };

/** A span of the line to be taken: for how many mails, and in milliseconds how long, how late it may be used, how far ahead it may begin. */
type Line = { count: number; length: number; late: number; horizon: number; isTrial: boolean };

/** Where the line ends afterwards, and under which condition. */
type Span = { end: string; condition: string; values: Item };

/** Where the span ends, and for how many of its mails a digest has quota. */
const takenIn = ({ nextFree, max24HourSend = -1, sentLast24Hours = 0, reserved = 0 }: Item, count: number) => ({
  end: Number(nextFree),
  free: freeForDigests({
    max24HourSend: Number(max24HourSend),
    sentLast24Hours: Number(sentLast24Hours) + Number(reserved) - count,
  }),
});

/** Rounded up to microseconds: whole milliseconds would cost a tenth of the rate at 500 a second. */
const thousandths = (milliseconds: number) => Math.ceil(milliseconds * 1_000) / 1_000;
