import type { SesEvent } from './ses-event.ts';

type Bounce = NonNullable<SesEvent['bounce']>;

/**
 * Whose fault a bounce is. `dead`: the mailbox's, for good; `unexplained`: for good, and nobody says why; `blocked`: ours,
 * by policy, rate or content; `soft`: the mailbox's or the way's, for now.
 */
export type BounceFault = 'dead' | 'unexplained' | 'blocked' | 'soft';

const deadSubTypes = new Set(['NoEmail', 'Suppressed', 'OnAccountSuppressionList']);
const blockedSubTypes = new Set(['ContentRejected', 'MessageTooLarge', 'AttachmentRejected']);
/** RFC 3463: 1 is about the address, 2.1 a mailbox that is disabled; 7 is about policy, 6 and 3.4 about the message. */
const deadStatus = /^5\.(1\.\d{1,3}|2\.1)$/;
const blockedStatus = /^[45]\.(7\.\d{1,3}|6\.\d{1,3}|3\.4)$/;

/** Judges by SES's own word first, then by the status code, which the remote server may have put into its text alone. */
export function classifyBounce({ bounceType, bounceSubType, bouncedRecipients }: Bounce): BounceFault {
  if (blockedSubTypes.has(bounceSubType)) return 'blocked';
  const statuses = bouncedRecipients.map(({ status, diagnosticCode = '' }) => statusIn(diagnosticCode) ?? status ?? '');
  if (statuses.some((status) => blockedStatus.test(status))) return 'blocked';
  if (bounceType !== 'Permanent') return 'soft';
  return deadSubTypes.has(bounceSubType) || statuses.some((status) => deadStatus.test(status)) ? 'dead' : 'unexplained';
}

const statusIn = (text: string) => /\b[45]\.\d\.\d{1,3}\b/.exec(text)?.[0];
