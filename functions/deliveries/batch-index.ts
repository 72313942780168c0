import type { Table } from '../platform/table.ts';
import type { BatchMessage } from './reader-batch.ts';

/** Settled batches with unknown positions stay in the index of open batches, under a name of their own. */
export const unknownsOf = (digest: string) => `unknown#${digest}`;

/**
 * A batch's place in the index: among its digest's open batches, or among the postponed ones while only readers of postponed providers
 * are left in it. There it is found by the letters of those providers, so that thousands that wait do not hide one that may go.
 */
export const placeOf = ({ digest, shard, batch }: BatchMessage, waitsFor?: ReadonlySet<string>) => {
  const place = `${shard}#${batch}`;
  return waitsFor
    ? { ':openDigest': postponedOf(digest), ':openBatch': `${[...waitsFor].sort().join('')}#${place}` }
    : { ':openDigest': digest, ':openBatch': place };
};

const postponedOf = (digest: string) => `waiting#${digest}`;

/** The index of batches that are not settled. It is a moment late, so each batch is read before anything is decided. */
export class BatchIndex {
  readonly #table: Pick<Table, 'openBatches'>;
  constructor(table: Pick<Table, 'openBatches'>) {
    this.#table = table;
  }

  async under(name: string, limit: number): Promise<BatchMessage[]> {
    const keys = await Array.fromAsync(this.#table.openBatches(name, limit));
    return keys.map(({ pk, sk }) => messageOf(pk, sk));
  }

  /** Postponed batches in which a reader's provider is not postponed any longer. */
  async postponedFor(digest: string, isPostponed: (letter: string) => boolean, limit: number): Promise<BatchMessage[]> {
    const found: BatchMessage[] = [];
    for await (const { pk, sk, openBatch } of this.#table.openBatches(postponedOf(digest))) {
      const [letters = ''] = openBatch.split('#');
      if (![...letters].every(isPostponed)) found.push(messageOf(pk, sk));
      if (found.length >= limit) break;
    }
    return found;
  }

  async hasAny(digest: string, { postponed = false } = {}): Promise<boolean> {
    return (await this.under(postponed ? postponedOf(digest) : digest, 1)).length > 0;
  }
}

/** `DIGEST#issue-a#f` / `BATCH#000012`: the shard is what follows the last mark. */
export function messageOf(pk: string, sk: string): BatchMessage {
  const cut = pk.lastIndexOf('#');
  return { digest: pk.slice('DIGEST#'.length, cut), shard: pk.slice(cut + 1), batch: Number(sk.slice('BATCH#'.length)) };
}
