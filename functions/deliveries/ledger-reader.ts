import { type Key, keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { Evidence } from './evidence.ts';
import { type Order, type OrderMessage, orderFrom } from './order.ts';
import { messageOf } from './order-index.ts';

/** What anybody may know of orders and their evidence; who changes them has the whole ledger. */
export class LedgerReader {
  readonly #table: Pick<Table, 'get' | 'getMany' | 'query'>;
  constructor(table: Pick<Table, 'get' | 'getMany' | 'query'>) {
    this.#table = table;
  }

  async read(message: OrderMessage): Promise<Order | undefined> {
    const item = await this.#table.get(keyOf(message));
    return item && orderFrom(message, item);
  }

  /** Those of these orders that are planned or were, read consistently. */
  async readMany(messages: readonly OrderMessage[]): Promise<Order[]> {
    const items = new Map((await this.#table.getMany(messages.map(keyOf))).map((item) => [`${item.pk}/${item.sk}`, item]));
    return messages.flatMap((message) => {
      const { pk, sk } = keyOf(message);
      const item = items.get(`${pk}/${sk}`);
      return item ? [orderFrom(message, item)] : [];
    });
  }

  /** What SES has owned up to about an order, read consistently. */
  async evidence(message: OrderMessage): Promise<Evidence> {
    return new Evidence(await this.#table.get(keys.evidence(message.digest, message.shard, message.order)));
  }

  /** The number of a shard's last order so far, or undefined if it has none. */
  async lastOrder(digest: string, shard: string): Promise<number | undefined> {
    const range = { pk: keys.ledgerOf(digest, shard), prefix: 'ORDER#', descending: true, limit: 1 };
    const [last] = await Array.fromAsync(this.#table.query(range));
    return last && messageOf(last.pk, last.sk).order;
  }

  /** One shard's orders with their evidence, for the receipt; half the price where they may be a moment old. */
  async *entries(digest: string, shard: string, { consistent = true } = {}): AsyncGenerator<{ order: Order; evidence: Evidence }> {
    const evidence = new Map<string, Evidence>();
    for await (const item of this.#table.query({ pk: keys.ledgerOf(digest, shard), consistent })) {
      const [kind, number = ''] = item.sk.split('#');
      // EVIDENCE sorts before ORDER, so an order's evidence has been seen when the order comes.
      if (kind === 'EVIDENCE') evidence.set(number, new Evidence(item));
      else yield { order: orderFrom({ digest, shard, order: Number(number) }, item), evidence: evidence.get(number) ?? new Evidence() };
    }
  }
}

export const keyOf = ({ digest, shard, order }: OrderMessage): Key => keys.order(digest, shard, order);
