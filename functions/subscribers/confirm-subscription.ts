import type { Now } from '../platform/clock.ts';
import type { ConsentContext, ConsentLog } from './consent-log.ts';
import type { Confirmation, SubscriberStore } from './subscriber-store.ts';

export type ConsentServices = { subscribers: SubscriberStore; consents: ConsentLog; now: Now };

/** The click that makes a reader. Its evidence bears the time of the first such click, however often it comes. */
export async function confirmSubscription(
  { id, nonce }: { id: string; nonce: string },
  context: ConsentContext,
  { subscribers, consents, now }: ConsentServices,
): Promise<Confirmation['outcome']> {
  const confirmation = await subscribers.confirm(id, nonce, now());
  if ('reader' in confirmation) await consents.record(id, { event: 'confirmed', at: confirmation.reader.confirmedAt, ...context });
  return confirmation.outcome;
}
