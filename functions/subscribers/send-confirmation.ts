import { composeMessage } from '../mail/compose-message.ts';
import { readEmailAddress } from '../mail/email-address.ts';
import { automaticHeaders } from '../mail/list-headers.ts';
import type { Now } from '../platform/clock.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import type { ConsentLog } from './consent-log.ts';
import type { ConfirmationLimit } from './limits/confirmation-limit.ts';
import { linkTo } from './reader-links.ts';
import type { ConfirmationMessage } from './request-subscription.ts';
import { type SubmitServices, submitAtLeastOnce } from './requests/submit-mail.ts';
import type { ConfirmedReader, PendingReader } from './subscriber.ts';
import { subscriberId } from './subscriber-id.ts';
import type { SubscriberStore } from './subscriber-store.ts';
import type { TokenRing } from './token-ring.ts';

/** The words and the looks of the mail, in the language of the page that was used. */
export type WriteConfirmation = (
  locale: ReaderLocale,
  confirmUrl: string,
  occasion?: ConfirmationMessage['occasion'],
) => Promise<{ subject: string; html: string; text: string }>;

export type ConfirmationServices = SubmitServices & {
  subscribers: SubscriberStore;
  consents: ConsentLog;
  limit: ConfirmationLimit;
  writeConfirmation: WriteConfirmation;
  identityKey: string;
  ring: TokenRing;
  settings: Pick<Settings, 'confirmationSender' | 'replyTo'>;
  publicOrigin: string;
  now: Now;
};

/**
 * Books a sign-up and mails its link. Whoever is confirmed already gets the very same mail, whose link then says that
 * all is well: a stranger who types addresses learns nothing. Whoever is suppressed, or left after asking, gets none, and
 * nobody gets more of them than the limit allows, whoever asks: beyond it nothing is written and nothing said.
 */
export async function sendConfirmation(message: ConfirmationMessage, services: ConfirmationServices) {
  const { subscribers, consents, limit, identityKey } = services;
  const email = readEmailAddress(message.email);
  if (typeof email === 'string') throw new Error(`A queued sign-up has an address that was never accepted: ${email}.`);
  const { locale, topics } = message;
  const id = subscriberId(identityKey, email.identity);
  const known = await subscribers.find(id);
  const leftAt = known?.state === 'unsubscribed' ? known.leftAt : undefined;
  if ((await limit.take(id, { id: message.id, at: new Date(message.at), leftAt })) === 'too_soon') return 'too_soon';
  const reader = await subscribers.signUp({ id, address: email.address, locale, topics }, new Date(message.at));
  if (reader.state !== 'pending' && reader.state !== 'confirmed') return reader.state;
  // A mailbox that was dead is tried by one mail; SQS may bring that very sign-up again.
  if (reader.state === 'pending' && reader.cameFrom === 'suppressed' && reader.cameAt !== message.at) return reader.cameFrom;
  if (reader.state === 'pending') await recordAsking(id, message, consents);
  return submitAtLeastOnce(await confirmationMail(reader, message, services), services);
}

async function recordAsking(id: string, message: ConfirmationMessage, consents: ConsentLog) {
  const { at, wording, page, locale, transferAbroad, sourceAddress, counted } = message;
  await consents.record(id, { event: 'asked', at, wording, page, locale, transferAbroad: transferAbroad ? 'given' : 'not_asked' });
  if (sourceAddress !== undefined) await consents.recordNetwork(id, { event: 'asked', at, address: sourceAddress, counted });
}

async function confirmationMail(
  { id, address, nonce }: PendingReader | ConfirmedReader,
  { locale, occasion }: ConfirmationMessage,
  services: ConfirmationServices,
) {
  const { ring, publicOrigin, settings, writeConfirmation, now } = services;
  const confirmUrl = linkTo(ring, publicOrigin, { purpose: 'confirm', id, nonce, issuedAt: now() });
  const { confirmationSender: from, replyTo } = settings;
  const words = await writeConfirmation(locale, confirmUrl, occasion);
  const raw = composeMessage({ ...words, from, to: address, replyTo, language: locale, headers: automaticHeaders, date: now() });
  return { from: from.address, to: address, raw, tags: { kind: 'confirmation', reader: id } };
}
