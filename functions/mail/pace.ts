import type { Now, Sleep } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import type { SendQuota } from './send-quota.ts';

/** Moments, in milliseconds since 1970, at each of which one message may be handed to SES. */
export type Slots = readonly number[];

export type PaceServices = { table: Table; sendQuota: () => Promise<SendQuota>; now: Now; sleep: Sleep };

/** So far behind the clock the line still counts as moving. */
const behind = 50;
const quotaAge = 60_000;

/** Whoever waits at the screen may queue longer in front of the line than a digest, so that a digest cannot crowd them out. */
const ahead = { digest: 5_000, person: 10_000 } as const;

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

  /** Up to `wanted` slots, at least one. */
  async reserve(wanted: number, sender: keyof typeof ahead = 'digest'): Promise<Slots> {
    const { now, sleep } = this.#services;
    for (;;) {
      const rate = await this.rate();
      const count = Math.max(1, Math.min(wanted, Math.floor(rate / 2)));
      const length = Math.ceil((count * 1000) / rate);
      const end = (await this.#extend(length, ahead[sender])) ?? (await this.#restart(length));
      if (end !== undefined) return Array.from({ length: count }, (_, n) => end - length + (n * 1000) / rate);
      await sleep(Math.min(1_000, length) + Math.floor(now().getTime() % 50));
    }
  }

  /** Waits until one message may go. */
  async turn(sender: keyof typeof ahead = 'person'): Promise<void> {
    const [slot = 0] = await this.reserve(1, sender);
    await this.#services.sleep(Math.max(0, slot - this.#services.now().getTime()));
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

  /** The account's quota as last read, at most a minute old. */
  async quota(): Promise<SendQuota> {
    for (;;) {
      const { table, now, sleep } = this.#services;
      const { rate, max24HourSend, sentLast24Hours, readAt } = (await table.get(keys.pace)) ?? {};
      const fresh = typeof readAt === 'number' && readAt > now().getTime() - quotaAge;
      if (!fresh && (await this.#refresh())) continue;
      if (typeof rate === 'number')
        return { maxSendRate: rate, max24HourSend: Number(max24HourSend), sentLast24Hours: Number(sentLast24Hours) };
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
      set: 'SET #rate = :rate, max24HourSend = :max, sentLast24Hours = :sent',
      names: { '#rate': 'rate' },
      values: { ':rate': quota.maxSendRate, ':max': quota.max24HourSend, ':sent': quota.sentLast24Hours },
    });
    return true;
  }

  /** The line is moving: take the next stretch of it, unless it reaches too far ahead already. */
  async #extend(length: number, horizon: number) {
    const now = this.#services.now().getTime();
    const item = await this.#services.table.update(keys.pace, {
      set: 'SET nextFree = nextFree + :length',
      condition: 'nextFree BETWEEN :earliest AND :latest',
      values: { ':length': length, ':earliest': now - behind, ':latest': now + horizon },
    });
    return item && Number(item.nextFree);
  }

  /** Nobody has sent for a while: the line begins anew, here and now. */
  async #restart(length: number) {
    const now = this.#services.now().getTime();
    const item = await this.#services.table.update(keys.pace, {
      set: 'SET nextFree = :end',
      condition: 'attribute_not_exists(nextFree) OR nextFree < :earliest',
      values: { ':end': now + length, ':earliest': now - behind },
    });
    return item && Number(item.nextFree);
  }
}
