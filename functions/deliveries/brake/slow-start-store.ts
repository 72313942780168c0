import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';

/** How far a digest may go after its canary. */
export class SlowStartStore {
  readonly #table: Pick<Table, 'update'>;
  constructor(table: Pick<Table, 'update'>) {
    this.#table = table;
  }

  /** The canary was fine: so many batches may go now, and all others later. False when another watcher was first. */
  async begin(digest: string, batches: number): Promise<boolean> {
    const begun = await this.#table.update(keys.digest(digest), {
      set: 'SET slowStart = :batches DELETE holds :hold, noticed :hold',
      condition: '#phase = :open AND contains(holds, :canary)',
      names: { '#phase': 'phase' },
      values: { ':batches': batches, ':hold': new Set(['canary']), ':canary': 'canary', ':open': 'open' },
    });
    return begun !== undefined;
  }

  /** More batches may go, or all. False when another watcher was first. */
  async goOn(digest: string, from: number, to: number | undefined): Promise<boolean> {
    const gone = await this.#table.update(keys.digest(digest), {
      set: to === undefined ? 'REMOVE slowStart' : 'SET slowStart = :to',
      condition: '#phase = :open AND slowStart = :from',
      names: { '#phase': 'phase' },
      values: { ':from': from, ':open': 'open', ...(to !== undefined && { ':to': to }) },
    });
    return gone !== undefined;
  }
}
