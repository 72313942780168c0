import { OrderMessage } from '../../../functions/deliveries/order.ts';
import { providerOf } from '../../../functions/mail/mailbox-provider.ts';
import type { InHand, SimulatedQueue } from '../services/simulated-queue.ts';
import type { World } from '../world.ts';

/** A worker's look at a digest may be so old. */
const lookMs = 1_500;

/**
 * When a worker acknowledges an order's message, nothing of it is in the worker's hands, and if it is planned, the digest is held
 * or another message is on its way: watch-digests is for what crashes lose, not for what is done every day. What became of that
 * message is another matter.
 */
export function checkWoken(world: World, queue: SimulatedQueue, body: string, { worker, begunAt }: InHand) {
  const { history, scheduler } = world;
  const order = OrderMessage.parse(JSON.parse(body));
  const { state, changedAt, left } = history.stateOf(order);
  if (state !== 'planned' || history.wasPausedBetween(begunAt - lookMs, scheduler.now)) return;
  // Who is left waits for an editor's word about their mailbox provider.
  const from = begunAt - lookMs;
  if (left.every((letter) => history.wasHeldBackBetween(providerOf(letter), from, scheduler.now))) return;
  const last = history.lastClaim(order);
  const isMine = last?.by === worker && last.at >= begunAt;
  // Somebody else has put it back meanwhile, and wakes it.
  if (!isMine && changedAt >= begunAt) return;
  if (queue.holds(body) || queue.sentAt(body) >= (isMine ? changedAt : begunAt)) return;
  world.violated('who puts an order back wakes it', `${worker.name} acknowledged order ${order.shard}#${order.order} and did not`);
}
