import { epochSeconds, minutesAfter } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import type { NoticeClaim } from './submit-notice.ts';

const keptDays = 60;

/** Claims of notices about slots of the schedule and about outages, which have no digest to remember them. */
export class NoticeClaims {
  readonly #table: Pick<Table, 'get' | 'put' | 'delete'>;
  constructor(table: Pick<Table, 'get' | 'put' | 'delete'>) {
    this.#table = table;
  }

  /** One notice of a kind for each slot, or beginning of an outage or of a webhook's failing; a slot that was moved is another one. */
  of(kind: 'day-before' | 'missed' | 'outage' | `webhook-${string}`, slot: Date): NoticeClaim & { isTaken(): Promise<boolean> } {
    const key = keys.notice(slot.toISOString(), kind);
    return {
      isTaken: async () => (await this.#table.get(key)) !== undefined,
      take: () =>
        this.#table.put(
          { ...key, expiresAt: epochSeconds(minutesAfter(slot, keptDays * 24 * 60)) },
          { expression: 'attribute_not_exists(pk)' },
        ),
      giveBack: async () => void (await this.#table.delete(key)),
    };
  }
}
