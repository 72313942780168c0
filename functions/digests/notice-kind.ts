import * as z from 'zod';
import { type MailboxProvider, mailboxProviders } from '../mail/mailbox-provider.ts';

const before = 'held-back-';

/** What the editors are told of a digest by mail, once: of a hold until it is gone, and so of each mailbox provider held back. */
export const NoticeKind = z.union([
  z.enum(['brake', 'fault', 'quota', 'receipt']),
  z.templateLiteral([z.literal(before), z.enum(mailboxProviders)]),
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

export const heldBackNotice = (provider: MailboxProvider): NoticeKind => `${before}${provider}`;

/** The provider that a notice is about, if it is about one. */
export const providerOfNotice = (kind: NoticeKind): MailboxProvider | undefined =>
  mailboxProviders.find((provider) => heldBackNotice(provider) === kind);
