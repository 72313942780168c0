import { after, days, epochSeconds } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import { keyedMark } from '../../platform/sealing/keyed-hash.ts';
import type { Table } from '../../platform/table.ts';
import { mailboxOf } from './mailbox-of.ts';

/** A person who holds a mail may ask that the link be sent to the address on file. */
export const secondLinksADay = 3;
export const secondLinkMinutes = 10;

/** How many second links a mailbox gets: three in any 24 hours, ten minutes apart, apart from the mails that strangers can cause. */
export class SecondLinkLimit {
  readonly #table: Table;
  readonly #ring: KeyRing;
  constructor(table: Table, ring: KeyRing) {
    this.#table = table;
    this.#ring = ring;
  }

  async take(identity: string, now: Date): Promise<'granted' | 'too_soon' | 'used_up'> {
    const key = keys.secondLinksTo(keyedMark(this.#ring, 'mailbox-mark', mailboxOf(identity)));
    for (;;) {
      const item = await this.#table.get(key);
      const sent = Array.isArray(item?.sent) ? item.sent.map(Number) : [];
      const today = sent.filter((at) => at > now.getTime() - days(1));
      if (today.some((at) => at > now.getTime() - secondLinkMinutes * 60_000)) return 'too_soon';
      if (today.length >= secondLinksADay) return 'used_up';
      const version = Number(item?.version ?? 0);
      const taken = await this.#table.put(
        { ...key, sent: [...today, now.getTime()], version: version + 1, expiresAt: epochSeconds(after(now, days(1))) },
        item ? { expression: 'version = :version', values: { ':version': version } } : { expression: 'attribute_not_exists(pk)' },
      );
      if (taken) return 'granted';
    }
  }
}
