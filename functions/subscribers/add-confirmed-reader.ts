import { type AddressFault, readEmailAddress } from '../mail/email-address.ts';
import type { ReaderLocale } from '../words/locale.ts';
import { subscriberId } from './subscriber-id.ts';
import type { SubscriberStore } from './subscriber-store.ts';

export type AddingServices = { subscribers: Pick<SubscriberStore, 'addConfirmed'>; identityKey: string; now: () => Date };

/** A reader whose consent was taken elsewhere, without a mail. Somebody we know, whatever their state, stays as they are. */
export async function addConfirmedReader(
  { email, locale }: { email: string; locale: ReaderLocale },
  { subscribers, identityKey, now }: AddingServices,
): Promise<'added' | 'known' | AddressFault> {
  const read = readEmailAddress(email);
  if (typeof read === 'string') return read;
  const id = subscriberId(identityKey, read.identity);
  return subscribers.addConfirmed({ id, address: read.address, locale, topics: [] }, now());
}
