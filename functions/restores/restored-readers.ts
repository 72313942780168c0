import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { Departure } from './departure.ts';

/** What says that a reader, or an editor, has done something about them. */
const reinstated = ['reinstatedAt'];
const gone = ['leftAt', 'suppressedAt', 'erasedAt', 'movedAt'];
const joined = ['confirmedAt', 'signedUpAt'];

const notAfter = (attributes: readonly string[]) =>
  attributes.map((attribute) => `(attribute_not_exists(${attribute}) OR ${attribute} <= :at)`).join(' AND ');

/** Readers of a restored table, as they were in the one that was lost. */
export class RestoredReaders {
  readonly #table: Pick<Table, 'put'>;
  constructor(table: Pick<Table, 'put'>) {
    this.#table = table;
  }

  /** The reader as told, unless something has happened since that outweighs it. */
  async repeat({ id, ...reader }: Subscriber, { kind, at }: Departure): Promise<'repeated' | 'newer'> {
    const outweighing = [...reinstated, ...gone, ...(kind === 'complained' ? [] : joined)];
    const done = await this.#table.put(
      { ...keys.subscriber(id), ...reader },
      { expression: `attribute_not_exists(pk) OR (${notAfter(outweighing)})`, values: { ':at': at } },
    );
    return done ? 'repeated' : 'newer';
  }
}
