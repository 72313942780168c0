import type { Receipt } from '../../digests/receipt.ts';
import type { Evidence } from '../evidence.ts';
import type { FanOut } from '../ledger.ts';
import { type Order, outcomes } from '../order.ts';

const letters = new Set<string>(Object.values(outcomes));

/**
 * Holds the ledger against itself: every order with the one before, with its own readers and with the evidence beside it, and
 * each shard with what its fan-out says it planned. A receipt is believed only when all of it fits together.
 */
export class Reconciliation {
  #faults: string[] = [];
  readonly #shards = new Map<string, { orders: number; readers: number; through: string }>();

  /** Orders come in their shard's own sequence. */
  check(order: Order, evidence: Evidence) {
    const { shard, readers, from } = order;
    const before = this.#shards.get(shard) ?? { orders: 0, readers: 0, through: '' };
    const name = `order ${shard}#${order.order}`;
    if (order.order !== before.orders) this.#fault(`an order is missing before ${name}`);
    else if (from !== before.through) this.#fault(`${name} does not begin where the one before it ends`);
    if (order.outcomes.length !== readers.length)
      this.#fault(`${name} has ${readers.length} readers and ${order.outcomes.length} outcomes`);
    const strange = order.outcomes.filter((letter) => !letters.has(letter)).length;
    if (strange > 0) this.#fault(`${name} has ${strange} outcomes that mean nothing`);
    if (evidence.reachesBeyond(readers.length)) this.#fault(`SES tells of mails that ${name} does not have`);
    this.#shards.set(shard, { orders: order.order + 1, readers: before.readers + readers.length, through: order.through });
  }

  /** The first thing that does not fit, and how many more there are; null when everything does. */
  verdict({ audience, submitted, skipped, rejected, unknown, open }: Receipt, planned: ReadonlyMap<string, FanOut>): string | null {
    for (const [shard, { orders, readers }] of planned) {
      const found = this.#shards.get(shard) ?? { orders: 0, readers: 0 };
      // More is no fault: a copy of the fan-out planned a reader who had left when another copy came to its end.
      if (found.orders < orders || found.readers < readers)
        this.#fault(`shard ${shard} holds ${found.readers} readers in ${found.orders} orders, and ${readers} in ${orders} were planned`);
    }
    const counted = submitted + Object.values(skipped).reduce((sum, n) => sum + n, 0) + rejected + unknown + open;
    if (counted !== audience) this.#fault(`the outcomes make ${counted}, and the audience is ${audience}`);
    const [first, ...others] = this.#faults;
    return first === undefined ? null : `${first}${others.length > 0 ? ` (and ${others.length} more)` : ''}`;
  }

  #fault(words: string) {
    this.#faults.push(words);
  }
}
