import { jsonText } from '../platform/json-text.ts';
import { faultOf, logger } from '../platform/logger.ts';
import type { OwnQueue } from '../platform/queue.ts';
import type { ReceivedMessage } from '../platform/queue-handler.ts';
import { OrderMessage } from './order.ts';

export type DeliverOrdersServices = {
  deliver: (message: OrderMessage) => Promise<unknown>;
  orders: Pick<OwnQueue<OrderMessage>, 'send' | 'receive' | 'delete'>;
  pace: { rate(): Promise<number> };
};

/** Less than this left of the invocation: an order is not begun, but woken anew. */
const timeToBegin = 45_000;

/**
 * How many orders are served at once: while one waits for answers or for the table, the others use the pace. An order
 * waits for about half a second in all, in which a worker on its own has to hand over fifty readers at 100 a second.
 */
export const lanesAt = (rate: number) => 2 + Math.floor(rate / 100);

/** A wake-up in our hands: Lambda answers for it by its id, or we took it ourselves and delete it by its receipt. */
type WakeUp = { message: OrderMessage; id: string } | { message: OrderMessage; receipt: string };

/**
 * Serves what one invocation received and, while it has time, what else waits on the queue, since a worker sends nothing
 * between two invocations. Every order is either delivered or put back as a new message, so none of them depends on a
 * visibility time-out; it returns only when nothing is in flight.
 */
export async function deliverOrders(
  received: readonly ReceivedMessage<OrderMessage>[],
  { deliver, orders, pace }: DeliverOrdersServices,
  remainingMilliseconds: () => number,
) {
  const waiting: WakeUp[] = [...received];
  const failed: { id: string; error: unknown }[] = [];
  // Without the rate nothing can be delivered, which is for each order to say.
  const lanes = await pace.rate().then(lanesAt, () => lanesAt(0));
  const further = furtherWakeUps(orders);

  const next = async () => {
    if (waiting.length < lanes && remainingMilliseconds() > timeToBegin) further.ask(waiting);
    if (waiting.length === 0) await further.asked();
    return waiting.shift();
  };
  const serve = async (wakeUp: WakeUp) => {
    try {
      if (remainingMilliseconds() > timeToBegin) await deliver(wakeUp.message);
      else await orders.send(wakeUp.message);
      if ('receipt' in wakeUp) await orders.delete(wakeUp.receipt);
    } catch (error) {
      if ('id' in wakeUp) failed.push({ id: wakeUp.id, error });
      else logger.error('An order failed and will come back', { ...wakeUp.message, fault: faultOf(error) });
    }
  };
  const lane = async () => {
    for (let wakeUp = await next(); wakeUp; wakeUp = await next()) await serve(wakeUp);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { failed };
}

/** Asks the queue for more, once at a time. What cannot be read is left there, and at last among the dead letters. */
function furtherWakeUps(orders: DeliverOrdersServices['orders']) {
  let asking: Promise<void> | undefined;
  const ask = async (waiting: WakeUp[]) => {
    try {
      for (const { body, receipt } of await orders.receive()) {
        const message = jsonText(OrderMessage).safeParse(body);
        if (message.success) waiting.push({ message: message.data, receipt });
      }
    } catch (error) {
      // Lambda brings the next ones; what is in flight must not be left for this.
      logger.warn('No further orders could be asked for', { fault: faultOf(error) });
    }
    asking = undefined;
  };
  return {
    ask: (waiting: WakeUp[]) => {
      asking ??= ask(waiting);
    },
    asked: async () => asking,
  };
}
