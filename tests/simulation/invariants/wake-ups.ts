import { BatchMessage } from '../../../functions/deliveries/reader-batch.ts';
import { providerOf } from '../../../functions/mail/mailbox-provider.ts';
import type { InHand, SimulatedQueue } from '../services/simulated-queue.ts';
import type { World } from '../world.ts';

/** A worker's look at a digest may be so old. */
const lookMs = 1_500;

/**
 * When a worker acknowledges a batch's message, nothing of it is in the worker's hands, and if it is planned, the digest is held,
 * nobody can send, or another message is on its way: watch-digests is for what crashes lose, not for what is done every day. What became of that
 * message is another matter.
 */
export function checkWoken(world: World, queue: SimulatedQueue, body: string, { worker, begunAt }: InHand) {
  const { scheduler, breaker } = world;
  const batch = BatchMessage.parse(JSON.parse(body));
  const history = world.historyOf(batch.digest);
  const { state, changedAt, left } = history.stateOf(batch);
  if (state !== 'planned' || history.wasPausedBetween(begunAt - lookMs, scheduler.now)) return;
  const from = begunAt - lookMs;
  // The watch wakes what nobody could send.
  if (breaker.wasOpenBetween(from, scheduler.now)) return;
  // The watch wakes what may go next, while the digest speeds up.
  if (history.wasSpeedingUpBetween(from, scheduler.now)) return;
  // Who is left waits for an editor's word about their mailbox provider.
  if (left.every((letter) => history.wasPostponedBetween(providerOf(letter), from, scheduler.now))) return;
  const last = history.lastClaim(batch);
  const isMine = last?.by === worker && last.at >= begunAt;
  // Somebody else has put it back meanwhile, and wakes it.
  if (!isMine && changedAt >= begunAt) return;
  if (queue.holds(body) || queue.sentAt(body) >= (isMine ? changedAt : begunAt)) return;
  world.violated('who puts a batch back wakes it', `${worker.name} acknowledged batch ${batch.shard}#${batch.batch} and did not`);
}
