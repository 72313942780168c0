import type { Queue } from '../platform/queue.ts';
import type { Ledger } from './ledger.ts';
import { type OrderMessage, orderMessage } from './order.ts';

export type WakingServices = { ledger: Pick<Ledger, 'openOrders'>; orders: Queue<OrderMessage> };

const ordersAtOnce = 1_000;

/** Sends a wake-up for every planned order of a digest; one too many does no harm. */
export async function wakeOrders(digest: string, { ledger, orders }: WakingServices): Promise<number> {
  const planned = (await ledger.openOrders(digest, ordersAtOnce)).filter(({ state }) => state === 'planned');
  await orders.sendAll(planned.map(orderMessage));
  return planned.length;
}
