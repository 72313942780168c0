import type { Now, Sleep } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Item, Table } from '../platform/table.ts';
import { freeForDigests, type SendQuota } from './send-quota.ts';

/** A stretch of time, in milliseconds since 1970, in which one message may be handed to SES. Afterwards it belongs to nobody. */
export type Slot = { from: number; until: number };

export type PaceServices = { table: Table; sendQuota: () => Promise<SendQuota>; now: Now; sleep: Sleep };

/** What of the granted rate is used, so that slots used late never make more than the rate of any ten seconds. */
const usedShare = 0.99;
/** In no second shall more messages leave than this share of the rate. */
const mostInSecond = 1.1;
/** The longest a slot may be late, where the rate is high enough to allow it. */
const latest = 100;
/** From a reservation to the first request: the readers are read and their messages composed. */
const headStart = 60;
const quotaAge = 60_000;

/**
 * How far in front of the clock the line may reach for somebody to join it. A digest keeps it short, so that whoever waits
 * at the screen waits less than a second; they may queue for longer than any digest, so that none can crowd them out.
 */
const ahead = { digest: 250, person: 10_000 } as const;
/** Those who wait for the line to get shorter come back one after another and not all at once. */
const spread = 100;

/**
 * How late a slot may be used. A second and that much more must not hold more slots than 1.1 times the rate: at 14 a second
 * 82 ms, from 20 a second on 100 ms, below 10 a second, where a tenth more is no whole message, 10 ms.
 */
export const lateness = (rate: number) =>
  Math.min(latest, Math.floor((Math.max(1, Math.floor(mostInSecond * rate)) / (usedShare * rate)) * 1_000 - 1_000));

/**
 * The one pace of the account: everybody who sends reserves slots here first, confirmations included. A reservation is
 * one conditional write (rarely two) and holds at most half a second's worth of the granted rate, so that a worker that
 * dies wastes no more than that. Clocks may differ by 250 ms; beyond that the pace is not promised.
 */
export class Pace {
  readonly #services: PaceServices;
  constructor(services: PaceServices) {
    this.#services = services;
  }

  /**
   * Up to `wanted` slots, the first of which comes within a second and a half; none when the caller has no time left for
   * them, or when a digest has used up its part of the day's quota. In a crowd the wait for them may be long. Within one
   * process one caller at a time stands in the line.
   */
  reserve(wanted: number, reservation: Reservation = {}): Promise<Slot[]> {
    const slots = this.#inside.then(() => this.#reserve(wanted, reservation));
    this.#inside = slots.catch(() => undefined);
    return slots;
  }

  #inside: Promise<unknown> = Promise.resolve();
  /** Where the line ended when it was last seen. It never ends sooner, so whoever finds it too long need not ask again. */
  #lastEnd = 0;

  async #reserve(wanted: number, { sender = 'digest', hasTime = () => true }: Reservation): Promise<Slot[]> {
    const { now, sleep } = this.#services;
    while (hasTime()) {
      const rate = await this.rate();
      const wait = this.#lastEnd - ahead[sender] - now().getTime();
      if (wait > 0) {
        await sleep(wait);
        continue;
      }
      const count = Math.max(1, Math.min(wanted, Math.floor(rate / 2)));
      const gap = 1_000 / (rate * usedShare);
      const line = { count, length: thousandths(count * gap), late: lateness(rate), horizon: ahead[sender] };
      const taken = (await this.#extend(line)) ?? (await this.#restart(line));
      if (taken) {
        this.#lastEnd = taken.end;
        const granted = sender === 'person' ? count : Math.min(count, taken.free);
        return Array.from({ length: granted }, (_, n) => taken.end - line.length + n * gap).map((from) => ({
          from,
          until: from + line.late,
        }));
      }
      await this.#look();
      await sleep((now().getTime() * 7) % spread);
    }
    return [];
  }

  /** Waits until one message may go. */
  async turn(): Promise<void> {
    const { now, sleep } = this.#services;
    for (;;) {
      const [slot] = await this.reserve(1, { sender: 'person' });
      if (!slot) continue;
      await sleep(Math.max(0, slot.from - now().getTime()));
      if (now().getTime() <= slot.until) return;
    }
  }

  /** SES throttled us although we kept the pace, so somebody else sends too: nobody reserves anything before a second is over. */
  async yield(): Promise<void> {
    const until = this.#services.now().getTime() + 1_000;
    await this.#services.table.update(keys.pace, {
      set: 'SET nextFree = :until',
      condition: 'nextFree < :until',
      values: { ':until': until },
    });
  }

  /** Slots that no mail was sent in: their time is lost, and what they would have taken of the day's quota is not. */
  async giveBack(unused: number): Promise<void> {
    await this.#services.table.update(keys.pace, { set: 'ADD reserved :unused', values: { ':unused': -unused } });
  }

  /** The account's quota as last read, at most a minute old, and what was reserved of it since. */
  async quota(): Promise<SendQuota> {
    for (;;) {
      const { table, now, sleep } = this.#services;
      const { rate, max24HourSend, sentLast24Hours, reserved = 0, readAt } = (await table.get(keys.pace)) ?? {};
      const fresh = typeof readAt === 'number' && readAt > now().getTime() - quotaAge;
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
    if (this.#known && this.#known.readAt > now - quotaAge) return this.#known.rate;
    const { maxSendRate } = await this.quota();
    this.#known = { rate: maxSendRate, readAt: now };
    return maxSendRate;
  }

  /** One caller a minute asks SES; the others read what it wrote. */
  async #refresh(): Promise<boolean> {
    const { table, sendQuota, now } = this.#services;
    const at = now().getTime();
    const mine = await table.update(keys.pace, {
      set: 'SET readAt = :now',
      condition: 'attribute_not_exists(readAt) OR readAt < :old OR (attribute_not_exists(rate) AND readAt < :soon)',
      values: { ':now': at, ':old': at - quotaAge, ':soon': at - 2_000 },
    });
    if (!mine) return false;
    const quota = await sendQuota();
    await table.update(keys.pace, {
      // What was reserved before this answer is counted in it, but for what is on its way.
      set: 'SET #rate = :rate, max24HourSend = :max, sentLast24Hours = :sent, reserved = :none',
      names: { '#rate': 'rate' },
      values: { ':rate': quota.maxSendRate, ':max': quota.max24HourSend, ':sent': quota.sentLast24Hours, ':none': 0 },
    });
    return true;
  }

  /** The line is moving: take the next stretch of it, unless it reaches too far ahead already. */
  async #extend({ count, length, late, horizon }: Line) {
    const now = this.#services.now().getTime();
    const item = await this.#services.table.update(keys.pace, {
      set: 'SET nextFree = nextFree + :length ADD reserved :count',
      condition: 'nextFree BETWEEN :earliest AND :latest',
      values: { ':length': length, ':count': count, ':earliest': now + headStart - late, ':latest': now + horizon },
    });
    return item && takenIn(item, count);
  }

  /** Nobody has sent for a while: the line begins anew, as soon as a message can be ready. */
  async #restart({ count, length, late }: Line) {
    const now = this.#services.now().getTime();
    const item = await this.#services.table.update(keys.pace, {
      set: 'SET nextFree = :end ADD reserved :count',
      condition: 'attribute_not_exists(nextFree) OR nextFree < :earliest',
      values: { ':end': now + headStart + length, ':count': count, ':earliest': now + headStart - late },
    });
    return item && takenIn(item, count);
  }

  /** Somebody else was faster: a read costs a tenth of a write that fails. */
  async #look() {
    const { nextFree } = (await this.#services.table.get(keys.pace, { consistent: false })) ?? {};
    this.#lastEnd = Math.max(this.#lastEnd, Number(nextFree ?? 0));
  }
}

type Reservation = { sender?: keyof typeof ahead; hasTime?: () => boolean };

/** A stretch of the line to be taken: for how many mails, and in milliseconds how long, how late it may be used, how far ahead it may begin. */
type Line = { count: number; length: number; late: number; horizon: number };

/** Where the stretch ends, and for how many of its mails a digest has quota. */
const takenIn = ({ nextFree, max24HourSend = -1, sentLast24Hours = 0, reserved = 0 }: Item, count: number) => ({
  end: Number(nextFree),
  free: freeForDigests({
    max24HourSend: Number(max24HourSend),
    sentLast24Hours: Number(sentLast24Hours) + Number(reserved) - count,
  }),
});

/** Rounded up to microseconds: whole milliseconds would cost a tenth of the rate at 500 a second. */
const thousandths = (milliseconds: number) => Math.ceil(milliseconds * 1_000) / 1_000;
