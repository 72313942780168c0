import * as z from 'zod';
import { composeMessage } from '../../mail/compose-message.ts';
import { readEmailAddress } from '../../mail/email-address.ts';
import { automaticHeaders } from '../../mail/list-headers.ts';
import { type ReaderLocale, readerLocales } from '../../words/locale.ts';
import { linkTo } from '../reader-links.ts';
import { submitAtLeastOnce } from '../requested-mails/submit-mail.ts';
import type { ConfirmationServices } from '../send-confirmation.ts';
import { subscriberId } from '../subscriber-id.ts';
import type { AccountMail, ReaderAccount } from './reader-account.ts';

const reader = { id: z.string().regex(/^[0-9a-f]{32}$/), locale: z.enum(readerLocales) };

/** What a reader asked for on the page of their subscription: the second link, or the question to a new address. */
export const AccountMailMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('manage'), ...reader }),
  /** `request` and `at`: which request it was, and when, for the limit of the new mailbox. */
  z.object({ kind: z.literal('move'), ...reader, email: z.string(), request: z.string(), at: z.iso.datetime() }),
]);
export type AccountMailMessage = z.infer<typeof AccountMailMessage>;

/** The words and the looks of the mail, in the language of the page that was used. */
export type WriteAccountMail = (
  kind: AccountMail,
  locale: ReaderLocale,
  url: string,
) => Promise<{ subject: string; html: string; text: string }>;

export type AccountMailServices = ConfirmationServices & { account: ReaderAccount; writeAccountMail: WriteAccountMail };

/**
 * Mails the link that was asked for: to the address on file, or to the one a reader wants to move to, which counts as a mail that
 * somebody else has caused. Nothing goes to a
 * mailbox that is suppressed, and nothing to somebody who has left or moved meanwhile.
 */
export async function sendAccountMail(message: AccountMailMessage, services: AccountMailServices) {
  const { account, ring, publicOrigin, now } = services;
  const found = await account.at(message.id);
  if (found?.state !== 'confirmed') return 'not_subscribed';
  if (message.kind === 'manage') {
    const url = linkTo(ring, publicOrigin, { purpose: 'manage', id: found.id, issuedAt: now() });
    return mail(message, found.id, found.address, url, services);
  }
  const read = readEmailAddress(message.email);
  if (typeof read === 'string') throw new Error(`A queued change of address has one that was never accepted: ${read}.`);
  const newId = subscriberId(services.identityKey, read.identity);
  if (newId === found.id) return 'same_address';
  if ((await account.at(newId))?.state === 'suppressed') return 'suppressed';
  const turn = await services.limit.take(read.identity, { id: message.request, at: new Date(message.at), spare: true });
  if (turn.outcome === 'too_soon') return turn.outcome;
  const wanted = await account.wantToMove(found.id, { id: newId, address: read.address });
  if (!wanted) return 'not_subscribed';
  const url = linkTo(ring, publicOrigin, { purpose: 'move', id: found.id, nonce: wanted.nonce, issuedAt: now() });
  // A bounce of this mail is about the new mailbox, and says nothing about the reader in the old one.
  return mail(message, newId, wanted.address, url, services);
}

async function mail({ kind, locale }: AccountMailMessage, id: string, to: string, url: string, services: AccountMailServices) {
  const { settings, writeAccountMail, now } = services;
  const { confirmationSender: from, replyTo } = settings;
  const words = await writeAccountMail(kind, locale, url);
  const raw = composeMessage({ ...words, from, to, replyTo, language: locale, headers: automaticHeaders, date: now() });
  return submitAtLeastOnce({ from: from.address, to, raw, tags: { kind, reader: id } }, services);
}
