import * as z from 'zod';
import { type MailboxProvider, mailboxProviders } from '../mail/mailbox-provider.ts';

/** What the editors are told of a digest by mail, once: of a hold until it is gone, and so of each mailbox provider held back. */
export type NoticeKind = 'brake' | 'fault' | 'quota' | 'canary' | 'receipt' | `held-back-${MailboxProvider}`;

export const heldBackNotice = (provider: MailboxProvider): NoticeKind => `held-back-${provider}`;

export const NoticeKind = z.enum<NoticeKind[]>(['brake', 'fault', 'quota', 'canary', 'receipt', ...mailboxProviders.map(heldBackNotice)]);

/** The provider that a notice is about, if it is about one. */
export const providerOfNotice = (kind: NoticeKind): MailboxProvider | undefined =>
  mailboxProviders.find((provider) => heldBackNotice(provider) === kind);
