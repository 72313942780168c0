import { composeMessage } from '../mail/compose-message.ts';
import { readEmailAddress } from '../mail/email-address.ts';
import { automaticHeaders } from '../mail/list-headers.ts';
import type { Now } from '../platform/clock.ts';
import type { KeyRing } from '../platform/sealing/key-ring.ts';
import type { Settings } from '../settings/settings.ts';
import type { ReaderLocale } from '../words/locale.ts';
import type { ConsentLog } from './consent-log.ts';
import { type LastLink, limitDays, type MailboxLimit, type MailTurn } from './limits/mailbox-limit.ts';
import { linkTo } from './reader-links.ts';
import type { ConfirmationMessage } from './requested-mails/confirmation-message.ts';
import { type SubmitServices, submitAtLeastOnce } from './requested-mails/submit-mail.ts';
import type { ConfirmedReader, PendingReader, Subscriber } from './subscriber.ts';
import { subscriberId } from './subscriber-id.ts';
import type { SignUp, SubscriberStore } from './subscriber-store.ts';

/** The words and the looks of the mail, in the language of the page that was used. */
export type WriteConfirmation = (
  locale: ReaderLocale,
  confirmUrl: string,
  about?: { occasion?: ConfirmationMessage['occasion']; last?: boolean },
) => Promise<{ subject: string; html: string; text: string }>;

export type ConfirmationServices = SubmitServices & {
  subscribers: SubscriberStore;
  consents: ConsentLog;
  limit: Pick<MailboxLimit, 'take' | 'keepLastLink'>;
  writeConfirmation: WriteConfirmation;
  identityKey: string;
  ring: KeyRing;
  settings: Pick<Settings, 'confirmationSender' | 'replyTo'>;
  publicOrigin: string;
  now: Now;
};

/**
 * Books a sign-up and mails its link. A reader who is confirmed already gets the same mail, whose link then says that
 * all is well: a stranger who types addresses learns nothing. A reader who is suppressed, or left after asking, gets none, and
 * no mailbox gets more of them than its limit allows. Beyond it a sign-up waits for the link of the last mail.
 */
export async function sendConfirmation(message: ConfirmationMessage, services: ConfirmationServices) {
  const { subscribers, consents, limit, identityKey } = services;
  const email = readEmailAddress(message.email);
  if (typeof email === 'string') throw new Error(`A queued sign-up has an address that was never accepted: ${email}.`);
  const { locale, topics } = message;
  const id = subscriberId(identityKey, email.identity);
  const known = await subscribers.find(id);
  const leftAt = known?.state === 'unsubscribed' ? known.leftAt : undefined;
  const signUp = { id, address: email.address, locale, topics };
  const turn = await limit.take(email.identity, { id: message.id, at: new Date(message.at), leftAt });
  if (turn.outcome === 'too_soon') return withoutMail({ signUp, known, lastLink: turn.lastLink }, message, services);
  const reader = await subscribers.signUp(signUp, new Date(message.at));
  if (reader.state !== 'pending' && reader.state !== 'confirmed') return reader.state;
  // A mailbox that was dead is tried by one mail; SQS may bring that very sign-up again.
  if (reader.state === 'pending' && reader.cameFrom === 'suppressed' && reader.cameAt !== message.at) return reader.cameFrom;
  if (reader.state === 'pending') {
    await noteNetwork(reader, message, services);
    await recordAsking(id, message, consents);
  }
  if (turn.last) await limit.keepLastLink(email.identity, { reader: id, nonce: reader.nonce }, services.now());
  return submitAtLeastOnce(await confirmationMail(reader, message, turn, services), services);
}

/**
 * A sign-up that comes too soon for a mail. If the last mail's link was for this very address, it confirms this sign-up too: its
 * owner gets in, even if strangers have used up the limit. Where it came from is noted, so that nobody's ticks become somebody else's.
 */
async function withoutMail(
  { signUp, known, lastLink }: { signUp: SignUp; known: Subscriber | undefined; lastLink: LastLink | undefined },
  message: ConfirmationMessage,
  services: ConfirmationServices,
) {
  const { subscribers, consents, now } = services;
  const waits = known?.state === 'pending' || known?.state === 'confirmed';
  const opens = lastLink?.reader === signUp.id && lastLink.until > now().toISOString();
  const reader = !waits && opens ? await subscribers.signUp({ ...signUp, linkNonce: lastLink.nonce }, new Date(message.at)) : known;
  if (reader?.state === 'pending') {
    await noteNetwork(reader, message, services);
    if (reader !== known) await recordAsking(signUp.id, message, consents);
  }
  return 'too_soon';
}

/** Written for the first two networks of a sign-up, and read for all others. */
async function noteNetwork({ id, askedFrom }: PendingReader, { counted }: ConfirmationMessage, { subscribers }: ConfirmationServices) {
  if (counted && !askedFrom?.has(counted.network) && (askedFrom?.size ?? 0) < 2) await subscribers.noteNetwork(id, counted.network);
}

async function recordAsking(id: string, message: ConfirmationMessage, consents: ConsentLog) {
  const { at, wording, page, source, locale, transferAbroad, sourceAddress, counted } = message;
  await consents.record(id, { event: 'asked', at, wording, page, source, locale, transferAbroad: transferAbroad ? 'given' : 'not_asked' });
  if (sourceAddress !== undefined) await consents.recordNetwork(id, { event: 'asked', at, address: sourceAddress, counted });
}

async function confirmationMail(
  { id, address, nonce }: PendingReader | ConfirmedReader,
  { locale, occasion }: ConfirmationMessage,
  { last }: Extract<MailTurn, { outcome: 'granted' }>,
  services: ConfirmationServices,
) {
  const { ring, publicOrigin, settings, writeConfirmation, now } = services;
  const token = { purpose: 'confirm', id, nonce, issuedAt: now(), ...(last && { days: limitDays }) } as const;
  const confirmUrl = linkTo(ring, publicOrigin, token);
  const { confirmationSender: from, replyTo } = settings;
  const words = await writeConfirmation(locale, confirmUrl, { ...(occasion && { occasion }), last });
  const raw = composeMessage({ ...words, from, to: address, replyTo, language: locale, headers: automaticHeaders, date: now() });
  return { from: from.address, to: address, raw, tags: { kind: 'confirmation', reader: id } };
}
