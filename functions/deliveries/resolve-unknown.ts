import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { Queue } from '../platform/queue.ts';
import type { Settings } from '../platform/settings.ts';
import type { EventChannel } from './event-channel/event-channel.ts';
import type { Ledger } from './ledger.ts';
import { type Order, type OrderMessage, orderMessage, unknownPositions } from './order.ts';

export type UnknownServices = {
  digests: Pick<DigestStore, 'reopen'>;
  ledger: Pick<Ledger, 'unknownOrders' | 'evidence' | 'resolveUnknown'>;
  orders: Queue<OrderMessage>;
  eventChannel: Pick<EventChannel, 'isProvenSince'>;
  resendWithoutEvidence: Settings['resendWithoutEvidence'];
  now: Now;
};

/** SES owns up to what it took within seconds; this is what it gets, and twenty seconds by which clocks may differ. */
export const graceMilliseconds = 80_000;
const waitMilliseconds = 30 * 60_000;
const ordersAtOnce = 1_000;

/**
 * Settles positions that nobody knows about, by evidence. With evidence a position is submitted. One without is planned
 * again half an hour later, and only when the channel by which evidence comes is proven to work; or when an editor says so;
 * or, under `never`, not at all. Positions of a digest that was called off stay as they are.
 * @returns how many orders still have unknown positions
 */
export async function resolveUnknown(digest: Digest, services: UnknownServices): Promise<number> {
  const orders = await services.ledger.unknownOrders(digest.id, ordersAtOnce);
  let left = 0;
  for (const order of orders) if ((await resolve(order, digest, services)) === 'unknown') left += 1;
  return left;
}

async function resolve(order: Order, digest: Digest, services: UnknownServices): Promise<'resolved' | 'unknown'> {
  const { ledger, digests, orders } = services;
  if (order.state !== 'settled' || unknownPositions(order).length === 0) return 'resolved';
  const mayRepeat = await mayPlanAgain(order, digest, services);
  // Read after the channel was found to be proven: what it carried is in here.
  const evidence = await ledger.evidence(order);
  const silent = unknownPositions(order).filter((position) => !evidence.isAccepted(position));
  const again = mayRepeat ? silent : [];
  if (again.length === 0 && silent.length === unknownPositions(order).length) return 'unknown';
  // Opened before the order is planned: whoever crashes in between leaves a digest that ends anew, not an order nobody may claim.
  if (again.length > 0) await digests.reopen(digest.id);
  const state = await ledger.resolveUnknown(order, evidence, again);
  if (state !== 'planned') return silent.length > 0 ? 'unknown' : 'resolved';
  logger.warn('Planned positions again that SES never owned up to', {
    ...orderMessage(order),
    attempt: order.attempt,
    positions: again.length,
  });
  await orders.send(orderMessage(order));
  return 'resolved';
}

async function mayPlanAgain(order: Order, digest: Digest, { eventChannel, resendWithoutEvidence, now }: UnknownServices): Promise<boolean> {
  if (digest.phase === 'cancelled' || digest.holds.has('cancel')) return false;
  const quietSince = Math.max(order.leaseUntil ?? 0, order.unknownAt ?? 0) + graceMilliseconds;
  const at = now().getTime();
  if (digest.sendToUnknownAt && Date.parse(digest.sendToUnknownAt) >= (order.unknownAt ?? 0)) return at > quietSince;
  if (resendWithoutEvidence === 'never' || at < quietSince - graceMilliseconds + waitMilliseconds) return false;
  return eventChannel.isProvenSince(quietSince, now());
}
