import * as z from 'zod';
import { type MailboxProvider, mailboxProviders } from '../mail/mailbox-provider.ts';
import { type NoticedHold, noticedHolds } from './hold.ts';

/** What the editors get one mail about: the digest's end, a hold until it is lifted, a mailbox provider until it is mailed again. */
export type NoticeKind = NoticedHold | 'report' | `postponed-${MailboxProvider}` | `incident-${MailboxProvider}`;

export const postponedNotice = (provider: MailboxProvider): NoticeKind => `postponed-${provider}`;

export const incidentNotice = (provider: MailboxProvider): NoticeKind => `incident-${provider}`;

export const NoticeKind = z.enum<NoticeKind[]>([
  ...noticedHolds,
  'report',
  ...mailboxProviders.map(postponedNotice),
  ...mailboxProviders.map(incidentNotice),
]);

/** The provider that a notice is about, if it is about one. */
export const providerOfNotice = (kind: NoticeKind): MailboxProvider | undefined =>
  mailboxProviders.find((provider) => postponedNotice(provider) === kind);

/** The provider whose crowd of dead mailboxes a notice is about. */
export const incidentOfNotice = (kind: NoticeKind): MailboxProvider | undefined =>
  mailboxProviders.find((provider) => incidentNotice(provider) === kind);

/** The hold that a notice is about, if it is about one. */
export const holdOfNotice = (kind: NoticeKind): NoticedHold | undefined => noticedHolds.find((hold) => hold === kind);
