import { type Digest, maySend } from '../digests/digest.ts';
import type { Queue } from '../platform/queue.ts';
import type { Ledger } from './ledger.ts';
import { openOrders } from './open-orders.ts';
import { type OrderMessage, orderMessage } from './order.ts';

export type WakingServices = { ledger: Pick<Ledger, 'openOrders' | 'ordersAside' | 'readMany'>; orders: Queue<OrderMessage> };

/** Sends a wake-up for every planned order of a digest that may be claimed; one too many does no harm. */
export async function wakeOrders(digest: Digest, { ledger, orders }: WakingServices): Promise<number> {
  const ready = (await openOrders(digest, ledger)).filter((order) => order.state === 'planned' && maySend(digest, order));
  await orders.sendAll(ready.map(orderMessage));
  return ready.length;
}
