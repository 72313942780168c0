import { createHash } from 'node:crypto';
import { phrase } from './encode-header.ts';

type ListSettings = { newsletterName: string; sender: { address: string }; unsubscribeMailbox?: string | undefined };

/**
 * The headers that make a mail one of a list, which a mail program shows an unsubscribe button for: RFC 2369 and
 * RFC 8058 (one click), RFC 2919 (`List-Id`). `Feedback-ID` is not among them: SES writes its own (`feedback-id.ts`).
 */
export const listHeaders = (settings: ListSettings, unsubscribeUrl: string) => ({
  ...leavingHeaders(settings, unsubscribeUrl),
  ...sharedListHeaders(settings),
});

/** Those that are the same for every reader. */
export const sharedListHeaders = ({ newsletterName, sender }: ListSettings) => ({
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  'List-Id': `${phrase(newsletterName, 'List-Id: '.length)} <${listId(sender.address)}>`,
  Precedence: 'bulk',
});

/** The one that is each reader's own. */
export const leavingHeaders = ({ unsubscribeMailbox }: Pick<ListSettings, 'unsubscribeMailbox'>, unsubscribeUrl: string) => ({
  'List-Unsubscribe': `<${unsubscribeUrl}>${unsubscribeMailbox ? `, <mailto:${unsubscribeMailbox}?subject=unsubscribe>` : ''}`,
});

/** A mail that a machine sends in answer to what one person did: no vacation notice should come back (RFC 3834). */
export const automaticHeaders = { 'Auto-Submitted': 'auto-generated' };

// Named by the sender, not by a public host, which may come later: readers' filters lean on it.
function listId(address: string) {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).toLowerCase();
  const label = /^[a-z0-9][a-z0-9-]*$/.test(local) ? local : `list-${createHash('sha256').update(local).digest('hex').slice(0, 8)}`;
  return `${label}.${address.slice(at + 1).toLowerCase()}`;
}
