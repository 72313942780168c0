import type { Actor } from '../access/principal.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { type Comparison, Restore } from './restore.ts';

/** The one restore that a table remembers: its own. */
export class RestoreStore {
  readonly #table: Pick<Table, 'get' | 'put' | 'update'>;
  constructor(table: Pick<Table, 'get' | 'put' | 'update'>) {
    this.#table = table;
  }

  async find(): Promise<Restore | undefined> {
    const item = await this.#table.get(keys.restore);
    return item && Restore.parse(item);
  }

  /** The item of an earlier restore came with the data: this one takes its place. */
  async begin(restore: Pick<Restore, 'moment' | 'lostTable' | 'begunAt'>): Promise<void> {
    await this.#table.put({ ...keys.restore, ...restore });
  }

  async compared(comparison: Comparison): Promise<void> {
    await this.#table.update(keys.restore, {
      set: 'SET comparison = :comparison, stillMissing = :missing',
      condition: 'attribute_exists(pk) AND attribute_not_exists(releasedAt)',
      values: { ':comparison': comparison, ':missing': comparison.missing },
    });
  }

  /** Undefined where it has not been compared, or somebody is missing. Released again, it says who did it first. */
  async release(by: Actor, now: Date): Promise<Restore | undefined> {
    const released = await this.#table.update(keys.restore, {
      set: 'SET releasedAt = :now, releasedBy = :by',
      condition: 'stillMissing = :none AND attribute_not_exists(releasedAt)',
      values: { ':now': now.toISOString(), ':by': by, ':none': 0 },
    });
    if (released) return Restore.parse(released);
    const found = await this.find();
    return found?.releasedAt ? found : undefined;
  }

  /** No slot before this moment is caught up: its digest may have gone out from the table that was lost. */
  async forgetMissedSlots(now: Date): Promise<void> {
    await this.#table.update(keys.schedule, {
      set: 'SET activeSince = :now REMOVE #before',
      condition: 'attribute_exists(pk)',
      names: { '#before': 'before' },
      values: { ':now': now.toISOString() },
    });
  }
}
