import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';

const names = { '#state': 'state' };

/** What is left of readers whom nobody writes to any more, and how they come back. */
export class Tombstones {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** Takes back a suppression for bounces, if it is still the one of that moment: the reader is again what they were. */
  async restore(id: string, address: string, suppressedAt: Date): Promise<'restored' | 'unchanged'> {
    const restored = await this.#table.update(keys.subscriber(id), {
      set: 'SET #state = was, address = :address REMOVE was, reason, suppressedAt',
      condition: '#state = :suppressed AND reason = :bounce AND suppressedAt = :at AND was IN (:confirmed, :unsubscribed)',
      names,
      values: {
        ...{ ':suppressed': 'suppressed', ':bounce': 'bounce', ':confirmed': 'confirmed', ':unsubscribed': 'unsubscribed' },
        ...{ ':address': address, ':at': suppressedAt.toISOString() },
      },
    });
    return restored ? 'restored' : 'unchanged';
  }
}
