import { type Key, keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { messageOf } from './batch-index.ts';
import { Evidence } from './evidence.ts';
import { type ShardPlan, StoredShardPlan } from './planning/shard-plan.ts';
import { type BatchMessage, batchFrom, type ReaderBatch } from './reader-batch.ts';

/** What anybody may know of batches and their evidence; who changes them has the whole ledger. */
export class LedgerReader {
  readonly #table: Pick<Table, 'get' | 'getMany' | 'query'>;
  constructor(table: Pick<Table, 'get' | 'getMany' | 'query'>) {
    this.#table = table;
  }

  async read(message: BatchMessage): Promise<ReaderBatch | undefined> {
    const item = await this.#table.get(keyOf(message));
    return item && batchFrom(message, item);
  }

  /** Those of these batches that are planned or were, read consistently. */
  async readMany(messages: readonly BatchMessage[]): Promise<ReaderBatch[]> {
    const items = new Map((await this.#table.getMany(messages.map(keyOf))).map((item) => [`${item.pk}/${item.sk}`, item]));
    return messages.flatMap((message) => {
      const { pk, sk } = keyOf(message);
      const item = items.get(`${pk}/${sk}`);
      return item ? [batchFrom(message, item)] : [];
    });
  }

  /** What SES's events have confirmed about a batch, read consistently. */
  async evidence({ digest, shard, batch, rounds }: BatchMessage & Partial<Pick<ReaderBatch, 'rounds'>>): Promise<Evidence> {
    return new Evidence(await this.#table.get(keys.evidence(digest, shard, batch)), rounds);
  }

  /** A shard's last batch so far, read consistently: where its planning goes on. */
  async lastPlanned(digest: string, shard: string): Promise<ReaderBatch | undefined> {
    // Its evidence sorts behind it, and may be all that is left.
    const range = { pk: keys.ledgerOf(digest, shard), prefix: 'BATCH#', descending: true, pageSize: 2 };
    for await (const item of this.#table.query(range)) if (!isEvidence(item.sk)) return batchFrom(messageOf(item.pk, item.sk), item);
    return undefined;
  }

  /** The number of a shard's last batch so far, or undefined if it has none. */
  async lastBatch(digest: string, shard: string): Promise<number | undefined> {
    return (await this.lastPlanned(digest, shard))?.batch;
  }

  /** The batches of a shard, or of one segment of it, with their evidence; read consistently. */
  async *entries(
    digest: string,
    shard: string,
    { segment }: { segment?: number } = {},
  ): AsyncGenerator<{ batch: ReaderBatch; evidence: Evidence }> {
    let batch: ReaderBatch | undefined;
    const range = segment === undefined ? { pk: keys.ledgerOf(digest, shard) } : keys.batchesOf(digest, shard, segment);
    for await (const item of this.#table.query(range)) {
      const number = Number(item.sk.split('#')[1]);
      if (!isEvidence(item.sk)) {
        if (batch) yield { batch, evidence: new Evidence() };
        batch = batchFrom({ digest, shard, batch: number }, item);
      } else if (batch?.batch === number) {
        yield { batch, evidence: new Evidence(item, batch.rounds) };
        batch = undefined;
      }
    }
    if (batch) yield { batch, evidence: new Evidence() };
  }

  async isPlanned(digest: string, shard: string): Promise<boolean> {
    return (await this.#table.get(keys.shardPlan(digest, shard))) !== undefined;
  }

  /** The shards whose walk has ended, with what was planned. */
  async plannedShards(digest: string): Promise<Map<string, ShardPlan>> {
    const { pk, sk } = keys.shardPlan(digest, '');
    const items = await Array.fromAsync(this.#table.query({ pk, prefix: sk }));
    return new Map(items.map((item) => [item.sk.slice(sk.length), StoredShardPlan.parse(item)]));
  }
}

/** A batch's evidence is the item right behind it. */
const isEvidence = (sk: string) => sk.endsWith('#EVIDENCE');

export const keyOf = ({ digest, shard, batch }: BatchMessage): Key => keys.batch(digest, shard, batch);
