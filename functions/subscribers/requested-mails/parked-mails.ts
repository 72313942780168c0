import { randomBytes } from 'node:crypto';
import { epochSeconds, minutesAfter } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { Queue } from '../../platform/queue.ts';
import type { Table } from '../../platform/table.ts';
import { RequestedMail } from './requested-mail.ts';

/** As long as a dead letter would be kept. */
const keptDays = 14;
/** Each that gets through wakes so many more: a thousand that wait are through after a few rounds, and one that fails costs nothing. */
const wokenAtOnce = 10;
/** So long a caller that has taken a mail to wake it is trusted to do so. */
const trustedMinutes = 5;

/** Requested mails that SES could not take: they wait in the table, where waiting costs no receives of the queue. */
export class ParkedMails {
  readonly #table: Pick<Table, 'put' | 'update' | 'query' | 'delete'>;
  constructor(table: Pick<Table, 'put' | 'update' | 'query' | 'delete'>) {
    this.#table = table;
  }

  /** A mail that is parked again goes to the end of the line, so that one that never goes does not hold up the others. */
  async park(message: RequestedMail, now: Date): Promise<void> {
    const parkedSince = message.parkedSince ?? now.toISOString();
    const expiresAt = epochSeconds(minutesAfter(new Date(parkedSince), keptDays * 24 * 60));
    const place = keys.parkedMail(now.toISOString(), randomBytes(6).toString('hex'));
    await this.#table.put({ ...place, message: JSON.stringify({ ...message, tries: 0, parkedSince }), parkedSince, expiresAt });
  }

  /** Puts the first few on their queue again. Of two callers one wakes a mail; if it dies, another one does so later. */
  async wake(requests: Pick<Queue<RequestedMail>, 'send'>, now: Date): Promise<number> {
    let woken = 0;
    for await (const item of this.#table.query({ ...keys.parkedMails, limit: wokenAtOnce })) {
      const { pk, sk } = item;
      const mine = await this.#table.update(
        { pk, sk },
        {
          set: 'SET wokenAt = :now',
          condition: 'attribute_exists(pk) AND (attribute_not_exists(wokenAt) OR wokenAt < :old)',
          values: { ':now': now.toISOString(), ':old': minutesAfter(now, -trustedMinutes).toISOString() },
        },
      );
      if (!mine) continue;
      await requests.send(RequestedMail.parse(JSON.parse(String(item.message))));
      await this.#table.delete({ pk, sk });
      woken += 1;
    }
    return woken;
  }

  /** Since when the one that has waited longest of the first few waits. */
  async waitingSince(): Promise<Date | undefined> {
    const first = await Array.fromAsync(this.#table.query({ ...keys.parkedMails, limit: wokenAtOnce, attributes: ['parkedSince'] }));
    const [oldest] = first.map(({ parkedSince }) => String(parkedSince)).sort();
    return oldest === undefined ? undefined : new Date(oldest);
  }
}
