import { readersPerOrder } from '../digests/canary.ts';
import type { FanOutMessage } from '../digests/digest-messages.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { AwsCalls } from '../platform/metering/aws-calls.ts';
import type { Queue } from '../platform/queue.ts';
import type { Ledger } from './ledger.ts';
import type { OrderMessage } from './order.ts';

/** One key of a shard's walk; only the confirmed are planned, but every key moves the walk on. */
export type WalkedReader = { id: string; confirmed: boolean };

export type FanOutServices = {
  digests: Pick<DigestStore, 'find'>;
  subscribers: { confirmedIn(shard: string, walk: { after?: string; frozenAt: string }): AsyncIterable<WalkedReader> };
  ledger: Pick<Ledger, 'plan' | 'recordFanOut'>;
  orders: Queue<OrderMessage>;
  fanOut: Queue<FanOutMessage>;
  /** What this process has asked of AWS since it was last asked. */
  spent: () => AwsCalls;
  /** The last shard to be planned may be an empty one, after every order has been settled. */
  finishIfComplete: (id: string) => Promise<unknown>;
};

const messagesAtOnce = 100;
const timeToStop = 20_000;

/**
 * Plans the orders of one shard: everybody confirmed when the digest was frozen, in key order. An order that exists
 * already was planned by another copy of this message: the walk goes on behind **its** last reader, never behind the own
 * page, else two copies would plan some readers twice and lose others. Near the time-out it hands over to a new message.
 */
export async function fanOutDigest({ digest: id, shard }: FanOutMessage, services: FanOutServices, remainingMilliseconds: () => number) {
  const digest = await services.digests.find(id);
  if (digest?.phase !== 'open') return 'over';
  const planned = { orders: 0, readers: 0 };
  const wakeUps: OrderMessage[] = [];
  let from = '';
  let walk = readersAfter(from);
  for (;;) {
    const readers = await walk();
    const through = readers.at(-1);
    if (through === undefined) break;
    const order = await services.ledger.plan({ digest: id, shard, order: planned.orders, readers, from, through });
    if (order.state === 'planned') wakeUps.push({ digest: id, shard, order: order.order });
    if (wakeUps.length >= messagesAtOnce) await services.orders.sendAll(wakeUps.splice(0));
    planned.orders += 1;
    planned.readers += order.readers.length;
    from = order.through;
    if (order.through !== through) walk = readersAfter(from);
    if (remainingMilliseconds() < timeToStop) {
      await services.orders.sendAll(wakeUps);
      await services.fanOut.send({ digest: id, shard });
      return 'handed_over';
    }
  }
  await services.orders.sendAll(wakeUps);
  await services.ledger.recordFanOut(id, shard, { ...planned, calls: services.spent() });
  await services.finishIfComplete(id);
  return 'planned';

  /** The next order's readers, each time it is called, from one walk over the shard. */
  function readersAfter(after: string) {
    const keys = services.subscribers
      .confirmedIn(shard, { frozenAt: digest?.frozenAt ?? '', ...(after && { after }) })
      [Symbol.asyncIterator]();
    return async () => {
      const readers: string[] = [];
      while (readers.length < readersPerOrder) {
        const { value, done } = await keys.next();
        if (done) break;
        if (value.confirmed) readers.push(value.id);
      }
      return readers;
    };
  }
}
