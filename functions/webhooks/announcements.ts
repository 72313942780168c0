import { randomBytes } from 'node:crypto';
import type { Announcement } from '../platform/announcement.ts';
import { after, days, epochSeconds } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';

type Announced = { key: string; at: string; what: Announcement };

const keptDays = 30;

/** What was announced. Every function that announces has this and nothing else of webhooks in its bundle. */
export class Announcements {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** Written only if some webhook wants it: most newsletters have none. */
  async announce(what: Announcement, now: Date): Promise<void> {
    if (!(await this.#isWanted(what.type))) return;
    const at = now.toISOString();
    const expiresAt = epochSeconds(after(now, days(keptDays)));
    await this.#table.put({ ...keys.announcement(at, randomBytes(6).toString('hex')), what, at, expiresAt });
  }

  async #isWanted(type: string): Promise<boolean> {
    for await (const { active, events } of this.#table.query(keys.webhooks))
      if (active === true && Array.isArray(events) && events.includes(type)) return true;
    return false;
  }

  /** The oldest first. */
  async *inOrder(limit?: number): AsyncGenerator<Announced> {
    for await (const { sk, at, what } of this.#table.query({ ...keys.announcements, pageSize: 100, ...(limit !== undefined && { limit }) }))
      yield { key: sk, at: String(at), what: what as Announcement };
  }

  oldest = (limit: number): Promise<Announced[]> => Array.fromAsync(this.inOrder(limit));

  async forget({ key }: Pick<Announced, 'key'>): Promise<void> {
    await this.#table.delete({ pk: keys.announcements.pk, sk: key });
  }
}
