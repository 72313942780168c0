import * as z from 'zod';
import { type AddressFault, readEmailAddress } from '../mail/email-address.ts';
import type { Now } from '../platform/clock.ts';
import { type ReaderLocale, readerLocales } from '../platform/locale.ts';
import type { Queue } from '../platform/queue.ts';

/** A sign-up on its way to `send-confirmation`. `transferAbroad` is false where the box was not shown. */
export const ConfirmationMessage = z.object({
  email: z.string(),
  /** Of the page that was used, and so of our mails. */
  locale: z.enum(readerLocales),
  topics: z.array(z.string()),
  at: z.iso.datetime(),
  transferAbroad: z.boolean(),
  /** The version of the words that were agreed to, and the page they stood on. */
  wording: z.string(),
  page: z.string().default('/'),
});
export type ConfirmationMessage = z.infer<typeof ConfirmationMessage>;

export type SubscriptionRequest = {
  email: string;
  locale: ReaderLocale;
  topics: readonly string[];
  /** The answer to the separate box for transfer abroad, where the page showed one. */
  transferAbroad: 'given' | 'refused' | 'not_asked';
  wording: string;
  page: string;
};

export type SubscriptionFaults = { email?: AddressFault; transferAbroad?: 'refused' };

export type RequestServices = { confirmations: Queue<ConfirmationMessage>; now: Now };

/**
 * Takes a sign-up and queues it, or says what is wrong with it. Does the same for every address and looks nothing up, so
 * that neither the answer nor its time says whether an address is known.
 */
export async function requestSubscription(
  { email, topics, transferAbroad, ...request }: SubscriptionRequest,
  { confirmations, now }: RequestServices,
): Promise<'queued' | SubscriptionFaults> {
  const read = readEmailAddress(email);
  if (typeof read === 'string' || transferAbroad === 'refused')
    return { ...(typeof read === 'string' && { email: read }), ...(transferAbroad === 'refused' && { transferAbroad }) };
  await confirmations.send({
    ...request,
    email: read.address,
    topics: [...topics],
    at: now().toISOString(),
    transferAbroad: transferAbroad === 'given',
  });
  return 'queued';
}
