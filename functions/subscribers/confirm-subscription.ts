import type { Now } from '../platform/clock.ts';
import type { ConsentContext, ConsentLog } from './consent-log.ts';
import type { SignUpLimits } from './limits/sign-up-limits.ts';
import type { Confirmation, SubscriberStore } from './subscriber-store.ts';

export type ConsentServices = { subscribers: SubscriberStore; consents: ConsentLog; now: Now };

export type ConfirmingServices = ConsentServices & { limits: Pick<SignUpLimits, 'giveBack'> };

/**
 * The click that makes a reader. Its evidence bears the time of the first such click, however often it comes. Sign-ups of
 * theirs that still counted against their network count no longer.
 */
export async function confirmSubscription(
  { id, nonce }: { id: string; nonce: string },
  { sourceAddress, ...context }: ConsentContext & { sourceAddress: string },
  { subscribers, consents, limits, now }: ConfirmingServices,
): Promise<Confirmation['outcome']> {
  const confirmation = await subscribers.confirm(id, nonce, now());
  if (!('reader' in confirmation)) return confirmation.outcome;
  const at = confirmation.reader.confirmedAt;
  await consents.record(id, { event: 'confirmed', at, ...context });
  await consents.recordNetwork(id, { event: 'confirmed', at, address: sourceAddress });
  for (const { counted } of await consents.networksOf(id, now())) if (counted) await limits.giveBack(counted);
  return confirmation.outcome;
}
