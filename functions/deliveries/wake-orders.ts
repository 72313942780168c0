import { type Digest, maySend } from '../digests/digest.ts';
import type { Queue } from '../platform/queue.ts';
import type { Ledger } from './ledger.ts';
import { staysAside } from './open-orders.ts';
import type { OrderMessage } from './order.ts';

export type WakingServices = { ledger: Pick<Ledger, 'ordersToWake'>; orders: Queue<OrderMessage> };

/**
 * Sends a wake-up for every order of a digest that may be claimed, one too many doing no harm. All of them at once: a part would be
 * used up before anybody looks again, and nothing would go out until then.
 */
export async function wakeOrders(digest: Digest, { ledger, orders }: WakingServices): Promise<number> {
  const ready = (await ledger.ordersToWake(digest.id, staysAside(digest))).filter((order) => maySend(digest, order));
  await orders.sendAll(ready);
  return ready.length;
}
