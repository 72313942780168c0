import type { Queue } from '../platform/queue.ts';
import type { ReceivedMessage } from '../platform/queue-handler.ts';
import type { OrderMessage } from './order.ts';

/** Two orders at once: while one waits for an answer or for the table, the other uses the pace. */
const lanes = 2;
/** Less than this left of the invocation: an order is not begun, but woken anew. */
const timeToBegin = 45_000;

/**
 * Serves what one invocation received. Every order is either delivered or put back as a new message, so none of them
 * depends on a visibility time-out; it returns only when nothing is in flight.
 */
export async function deliverOrders(
  received: readonly ReceivedMessage<OrderMessage>[],
  { deliver, orders }: { deliver: (message: OrderMessage) => Promise<unknown>; orders: Queue<OrderMessage> },
  remainingMilliseconds: () => number,
) {
  const waiting = [...received];
  const failed: { id: string; error: unknown }[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        if (remainingMilliseconds() > timeToBegin) await deliver(next.message);
        else await orders.send(next.message);
      } catch (error) {
        failed.push({ id: next.id, error });
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { failed };
}
