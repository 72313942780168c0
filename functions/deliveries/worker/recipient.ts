import type { OutgoingMessage } from '../../mail/mailer.ts';
import type { ReaderLocale } from '../../words/locale.ts';

/** A reader as a delivery needs them; addresses stay inside the worker. */
export type Recipient = {
  id: string;
  address: string;
  locale: ReaderLocale;
  /** What they chose to read about; none means everything. */
  topics: readonly string[];
  /** ISO: gets nothing before. */
  pausedUntil?: string | undefined;
};

/** And whose mailbox it is, as a letter. */
export type MailboxRecipient = Recipient & { provider: string };

/** Writes one reader's copy of a digest. */
export type Compose = (reader: Recipient, tags: Record<string, string>) => OutgoingMessage;
