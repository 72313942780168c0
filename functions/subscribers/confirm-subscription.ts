import type { MailboxHosts } from '../mail/mailbox-hosts.ts';
import type { Announce } from '../platform/announcement.ts';
import type { Now } from '../platform/clock.ts';
import type { ReaderLocale } from '../words/locale.ts';
import type { ConsentContext, ConsentLog } from './consent-log.ts';
import type { SignUpLimits } from './limits/sign-up-limits.ts';
import type { Confirmation, SubscriberStore } from './subscriber-store.ts';
import type { WaitingLine } from './waiting-line/waiting-line.ts';

export type ConsentServices = { subscribers: SubscriberStore; consents: ConsentLog; announce: Announce; now: Now };

export type ConfirmingServices = ConsentServices & {
  limits: Pick<SignUpLimits, 'giveBack'>;
  line: Pick<WaitingLine, 'confirmed'>;
  /** Who hosts a reader's mailbox is found out when it is theirs for certain. */
  hosts: Pick<MailboxHosts, 'learn'>;
};

/**
 * The click that makes a reader. Its evidence bears the time of the first such click, however often it comes. Sign-ups of
 * theirs that still counted against their network count for it from now on. `chosen`: what was asked for while confirming.
 */
export async function confirmSubscription(
  { id, nonce }: { id: string; nonce: string },
  { sourceAddress, ...context }: ConsentContext & { sourceAddress: string },
  { subscribers, consents, limits, line, hosts, announce, now }: ConfirmingServices,
  chosen?: { locale: ReaderLocale; topics: readonly string[] },
): Promise<Confirmation['outcome']> {
  await announce({ type: 'reader.confirmed', reader: id });
  const confirmation = await subscribers.confirm(id, nonce, now(), chosen);
  if (!('reader' in confirmation)) return confirmation.outcome;
  const at = confirmation.reader.confirmedAt;
  await consents.record(id, { event: 'confirmed', at, ...context });
  await consents.recordNetwork(id, { event: 'confirmed', at, address: sourceAddress });
  for (const { counted } of await consents.networksOf(id, now()))
    if (counted && (await limits.giveBack(counted)) === 'given_back') await line.confirmed(counted);
  await hosts.learn([confirmation.reader.address]);
  return confirmation.outcome;
}
