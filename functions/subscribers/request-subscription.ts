import { randomUUID } from 'node:crypto';
import { type AddressFault, readEmailAddress } from '../mail/email-address.ts';
import type { Now } from '../platform/clock.ts';
import type { Queue } from '../platform/queue.ts';
import type { KeyRing } from '../platform/sealing/key-ring.ts';
import type { ReaderLocale } from '../words/locale.ts';
import type { CountedSignUp } from './limits/counted-sign-up.ts';
import { countedSignUp, type SignUpLimits } from './limits/sign-up-limits.ts';
import type { ConfirmationMessage } from './requested-mails/confirmation-message.ts';
import { minutesAhead } from './waiting-line/standing.ts';
import type { WaitingLine } from './waiting-line/waiting-line.ts';

export type SubscriptionRequest = {
  email: string;
  locale: ReaderLocale;
  topics: readonly string[];
  /** The answer to the separate box for transfer abroad, where the page showed one. */
  transferAbroad: 'given' | 'refused' | 'not_asked';
  wording?: string;
  page: string;
  source?: string;
  /** The reader's network address; never logged. */
  sourceAddress: string;
  /** Shows, and uses up, what was brought as a proof. */
  prove: (owner: CountedSignUp) => Promise<boolean>;
};

export type SubscriptionFaults = { email?: AddressFault; transferAbroad?: 'refused' };

export type RequestServices = {
  confirmations: Queue<ConfirmationMessage>;
  limits: SignUpLimits;
  line: Pick<WaitingLine, 'join'>;
  ring: KeyRing;
  now: Now;
};

/** The network behaves like bots, or the waiting line is longer than a day. */
export type TooMany = 'network_full' | 'full';

/** `minutes`: until a mail that waits in the line has left, at most. `owner`: whose proof it must be. */
export type SignUpOutcome =
  | { outcome: 'lined_up'; minutes: number }
  | { outcome: 'queued' | TooMany }
  | { outcome: 'proof_required'; owner: CountedSignUp }
  | { outcome: 'faulty'; faults: SubscriptionFaults };

/**
 * Takes a sign-up and queues it, or says what is wrong with it. While too many are unconfirmed it waits in the line for its mail, and
 * only a network that behaves like bots is refused. Does the same for every address and looks none up, so that neither the answer nor
 * its time says whether an address is known. What is asked for again and again within the hour is not queued: it would not be mailed either.
 */
export async function requestSubscription(
  { email, topics, transferAbroad, prove, ...request }: SubscriptionRequest,
  { confirmations, limits, line, ring, now }: RequestServices,
): Promise<SignUpOutcome> {
  const read = readEmailAddress(email);
  if (typeof read === 'string' || transferAbroad === 'refused')
    return {
      outcome: 'faulty',
      faults: { ...(typeof read === 'string' && { email: read }), ...(transferAbroad === 'refused' && { transferAbroad }) },
    };
  const at = now();
  const counted = countedSignUp(ring, { sourceAddress: request.sourceAddress, identity: read.identity }, at);
  const waiting = await limits.waiting(counted);
  const way = limits.way(waiting);
  if (way === 'network_full' || way === 'full') return { outcome: way };
  if (waiting.inLine) return { outcome: 'lined_up', minutes: minutesAhead(waiting.line) };
  if (limits.needsProof(waiting) && !(await prove(counted))) return { outcome: 'proof_required', owner: counted };
  const counting = await limits.count(counted, waiting);
  if (counting === 'network_full') return { outcome: counting };
  if (counting === 'over') return { outcome: 'queued' };
  const message = {
    ...request,
    id: randomUUID(),
    at: at.toISOString(),
    counted,
    email: read.address,
    topics: [...topics],
    transferAbroad: transferAbroad === 'given',
  };
  try {
    if (counting !== 'line') await confirmations.send(message);
    else {
      const minutes = await line.join(message, counted, limits.perNetwork);
      if (minutes !== 'network_full') return { outcome: 'lined_up', minutes };
      await limits.giveBack(counted);
      return { outcome: minutes };
    }
  } catch (error) {
    // A request that never got onto its way must not prevent another try.
    await limits.giveBack(counted);
    throw error;
  }
  return { outcome: 'queued' };
}
