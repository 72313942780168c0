import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type AddressFault, readEmailAddress } from '../mail/email-address.ts';
import type { Now } from '../platform/clock.ts';
import { type ReaderLocale, readerLocales } from '../platform/locale.ts';
import type { Queue } from '../platform/queue.ts';
import { CountedSignUp, countedSignUp, type SignUpLimits } from './limits/sign-up-limits.ts';
import type { TokenRing } from './token-ring.ts';

/** A sign-up on its way to `send-confirmation`. `transferAbroad` is false where the box was not shown. */
export const ConfirmationMessage = z.object({
  /** Keeps two requests of one moment apart. */
  id: z.string().default(''),
  email: z.string(),
  /** Of the page that was used, and so of our mails. */
  locale: z.enum(readerLocales),
  topics: z.array(z.string()),
  at: z.iso.datetime(),
  transferAbroad: z.boolean(),
  /** The version of the words that were agreed to, where they were ours, and the page they stood on. */
  wording: z.string().optional(),
  page: z.string().default('/'),
  /** What the mail says it is about: a sign-up, or an earlier list on which somebody never confirmed. */
  occasion: z.enum(['sign-up', 'import']).optional(),
  /** Whose request it was, and where it counts until it is confirmed. */
  sourceAddress: z.string().optional(),
  counted: CountedSignUp.optional(),
});
export type ConfirmationMessage = z.infer<typeof ConfirmationMessage>;

export type SubscriptionRequest = {
  email: string;
  locale: ReaderLocale;
  topics: readonly string[];
  /** The answer to the separate box for transfer abroad, where the page showed one. */
  transferAbroad: 'given' | 'refused' | 'not_asked';
  wording?: string;
  page: string;
  /** The reader's network address; never logged. */
  sourceAddress: string;
  /** Shows, and uses up, what was brought as a proof. */
  prove: () => Promise<boolean>;
};

export type SubscriptionFaults = { email?: AddressFault; transferAbroad?: 'refused' };

export type RequestServices = { confirmations: Queue<ConfirmationMessage>; limits: SignUpLimits; ring: TokenRing; now: Now };

/** Too many addresses wait for their confirmation, of this network or altogether. */
export type TooMany = 'network_full' | 'full';

/**
 * Takes a sign-up and queues it, or says what is wrong with it, or that there are too many. Does the same for every address
 * and looks none up, so that neither the answer nor its time says whether an address is known. What is asked for again and
 * again within the hour is not queued: it would not be mailed either.
 */
export async function requestSubscription(
  { email, topics, transferAbroad, prove, ...request }: SubscriptionRequest,
  { confirmations, limits, ring, now }: RequestServices,
): Promise<'queued' | 'proof_required' | TooMany | SubscriptionFaults> {
  const read = readEmailAddress(email);
  if (typeof read === 'string' || transferAbroad === 'refused')
    return { ...(typeof read === 'string' && { email: read }), ...(transferAbroad === 'refused' && { transferAbroad }) };
  const at = now();
  const counted = countedSignUp(ring, { sourceAddress: request.sourceAddress, identity: read.identity }, at);
  const waiting = await limits.waiting(counted);
  const fullness = limits.fullness(waiting);
  if (fullness !== 'room') return fullness;
  if (limits.needsProof(waiting) && !(await prove())) return 'proof_required';
  const counting = await limits.count(counted, waiting);
  if (counting === 'network_full' || counting === 'full') return counting;
  if (counting === 'over') return 'queued';
  const message = {
    ...request,
    ...{ id: randomUUID(), at: at.toISOString(), counted },
    ...{ email: read.address, topics: [...topics], transferAbroad: transferAbroad === 'given' },
  };
  try {
    await confirmations.send(message);
  } catch (error) {
    // What never got onto the queue must not stand in the way of trying again.
    await limits.giveBack(counted);
    throw error;
  }
  return 'queued';
}
