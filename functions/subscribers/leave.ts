import type { ConsentServices } from './confirm-subscription.ts';
import type { ConsentContext } from './consent-log.ts';
import type { LeavingWay } from './subscriber.ts';

/** Takes a reader off the list, as often as asked. Its evidence bears the time of the first asking. */
export async function leave(
  id: string,
  by: LeavingWay,
  context: ConsentContext,
  { subscribers, consents, announce, now }: ConsentServices,
): Promise<'left' | 'already_left'> {
  await announce({ type: 'reader.left', reader: id, by });
  const { outcome, leftAt } = await subscribers.unsubscribe(id, now(), by);
  if (leftAt) await consents.record(id, { event: 'left', at: leftAt, ...context });
  return outcome;
}
