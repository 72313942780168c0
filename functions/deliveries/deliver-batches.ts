import { jsonText } from '../platform/json-text.ts';
import { faultOf, logger } from '../platform/logger.ts';
import type { OwnQueue } from '../platform/queue.ts';
import type { ReceivedMessage } from '../platform/queue-handler.ts';
import { BatchMessage } from './reader-batch.ts';
import type { FairShare } from './worker/fair-share.ts';
import type { PermitsInHand } from './worker/permits-in-hand.ts';

export type DeliverBatchesServices = {
  deliver: (message: BatchMessage) => Promise<unknown>;
  batches: Pick<OwnQueue<BatchMessage>, 'send' | 'receive' | 'delete'>;
  pace: { rate(): Promise<number> };
  permits: Pick<PermitsInHand, 'giveBack'>;
  fairShare: Pick<FairShare, 'next' | 'leave'>;
};

/** With less than this left of the invocation a batch is not begun, but put back as a new message. */
const timeToBeginMs = 45_000;

/**
 * How many batches are served at once: one sends, one is prepared, and the others wait for answers or for the table. A batch
 * waits for about half a second in all, in which a worker on its own has to hand over fifty readers at 100 a second.
 */
const lanesAt = (rate: number) => 2 + Math.floor(rate / 100);

/**
 * A wake-up that this invocation has: Lambda brought it and is told its id if it failed, or the worker received it and deletes it by its
 * receipt. What was found in the index has neither: its own wake-up may come later.
 */
type WakeUp = { message: BatchMessage; id?: string; receipt?: string };

/**
 * Serves what one invocation received and, while it has time, what else waits on the queue, since a worker sends nothing
 * between two invocations. Every batch is either delivered or put back as a new message, so none of them depends on a
 * visibility time-out; it returns only when nothing is in flight.
 */
export async function deliverBatches(
  received: readonly ReceivedMessage<BatchMessage>[],
  { deliver, batches, pace, permits, fairShare }: DeliverBatchesServices,
  remainingMilliseconds: () => number,
) {
  const waiting: WakeUp[] = [...received];
  const failed: { id: string; error: unknown }[] = [];
  // Without the rate nothing can be delivered; each batch then fails with the reason.
  const lanes = await pace.rate().then(lanesAt, () => lanesAt(0));
  const further = furtherWakeUps(batches);

  const next = async (): Promise<WakeUp | undefined> => {
    const hasTime = () => remainingMilliseconds() > timeToBeginMs;
    if (waiting.length < lanes && hasTime()) further.ask(waiting);
    const found = hasTime() ? await fairShare.next(waiting[0]?.message, hasTime) : undefined;
    if (found) return { message: found };
    if (waiting.length === 0) await further.asked();
    return waiting.shift();
  };
  const serve = async ({ message, id, receipt }: WakeUp) => {
    try {
      if (remainingMilliseconds() <= timeToBeginMs) await batches.send(message);
      else if ((await deliver(message)) === 'not_sending') fairShare.leave(message.digest);
      if (receipt !== undefined) await batches.delete(receipt);
    } catch (error) {
      if (id !== undefined) failed.push({ id, error });
      else logger.error('A batch failed and will come back', { ...message, fault: faultOf(error) });
    }
  };
  const lane = async () => {
    for (let wakeUp = await next(); wakeUp; wakeUp = await next()) await serve(wakeUp);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await permits.giveBack({ all: true });
  return { failed };
}

/** Asks the queue for more, once at a time. What cannot be read is left there, and at last among the dead letters. */
function furtherWakeUps(batches: DeliverBatchesServices['batches']) {
  let asking: Promise<void> | undefined;
  const ask = async (waiting: WakeUp[]) => {
    try {
      for (const { body, receipt } of await batches.receive()) {
        const message = jsonText(BatchMessage).safeParse(body);
        if (message.success) waiting.push({ message: message.data, receipt });
      }
    } catch (error) {
      // Lambda brings the next ones; what is in flight must not be left for this.
      logger.warn('No further batches could be asked for', { fault: faultOf(error) });
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
