import type { Table } from '../platform/table.ts';
import type { OrderMessage } from './order.ts';

/** Settled orders with unknown positions stay in the index of open orders, under a name of their own. */
export const unknownsOf = (digest: string) => `unknown#${digest}`;

/**
 * Where an order stands in the index: among its digest's open ones, or aside, while only readers of mailbox providers held back
 * are left of it. There it is found by the letters of those providers, so that thousands that wait hide none that may go.
 */
export const placeOf = ({ digest, shard, order }: OrderMessage, waitsFor?: ReadonlySet<string>) => {
  const place = `${shard}#${order}`;
  return waitsFor
    ? { ':openDigest': asideOf(digest), ':openOrder': `${[...waitsFor].sort().join('')}#${place}` }
    : { ':openDigest': digest, ':openOrder': place };
};

const asideOf = (digest: string) => `waiting#${digest}`;

/** The index of orders that are not settled: a moment late, so each order is read before it is judged. */
export class OrderIndex {
  readonly #table: Pick<Table, 'openOrders'>;
  constructor(table: Pick<Table, 'openOrders'>) {
    this.#table = table;
  }

  async under(name: string, limit: number): Promise<OrderMessage[]> {
    const keys = await Array.fromAsync(this.#table.openOrders(name, limit));
    return keys.map(({ pk, sk }) => messageOf(pk, sk));
  }

  /** Orders that stand aside, but for those that wait for nobody else than providers held back. */
  async asideFor(digest: string, isHeldBack: (letter: string) => boolean, limit: number): Promise<OrderMessage[]> {
    const found: OrderMessage[] = [];
    for await (const { pk, sk, openOrder } of this.#table.openOrders(asideOf(digest))) {
      const [letters = ''] = openOrder.split('#');
      if (![...letters].every(isHeldBack)) found.push(messageOf(pk, sk));
      if (found.length >= limit) break;
    }
    return found;
  }

  async hasAny(digest: string, { aside = false } = {}): Promise<boolean> {
    return (await this.under(aside ? asideOf(digest) : digest, 1)).length > 0;
  }
}

/** `DIGEST#issue-a#f` / `ORDER#000012`: the shard is what follows the last mark. */
export function messageOf(pk: string, sk: string): OrderMessage {
  const cut = pk.lastIndexOf('#');
  return { digest: pk.slice('DIGEST#'.length, cut), shard: pk.slice(cut + 1), order: Number(sk.slice('ORDER#'.length)) };
}
