import type { Digest } from '../digests/digest.ts';
import { canaryOrders } from './brake/watch-canary.ts';
import type { Ledger } from './ledger.ts';
import type { Order } from './order.ts';

const ordersAtOnce = 1_000;

/**
 * Orders of a digest that are not settled, up to a thousand; those of a canary that is out alone come first, because all the
 * others wait for them.
 */
export async function openOrders(digest: Digest, ledger: Pick<Ledger, 'openOrders' | 'readMany'>): Promise<Order[]> {
  const [first, indexed] = await Promise.all([
    digest.holds.has('canary') ? canaryOrders(digest, ledger) : [],
    ledger.openOrders(digest.id, ordersAtOnce),
  ]);
  const open = [...first.filter(({ state }) => state !== 'settled'), ...indexed];
  return [...new Map(open.map((order) => [`${order.shard}#${order.order}`, order])).values()];
}
