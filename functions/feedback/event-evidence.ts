import type { EvidenceKind } from '../deliveries/evidence.ts';
import { classifyBounce } from './classify-bounce.ts';
import type { SesEvent } from './ses-event.ts';

/** The log's message for a mail that SES gave up by itself; an alarm waits for it. */
export const mailNotSent = 'SES took a mail and did not send it';

const kinds: Partial<Record<string, EvidenceKind>> = {
  Send: 'sent',
  Delivery: 'delivered',
  Bounce: 'bounced',
  Complaint: 'complained',
  DeliveryDelay: 'delayed',
  // SES itself has refused the content, after it had taken the mail.
  Reject: 'dropped',
};

/**
 * What an event is evidence of: of a complaint that somebody took back, of no more than that there was a mail to complain about. A
 * rendering failure is evidence of nothing: SES says by it that no mail was sent.
 */
export function evidenceIn({ eventType, bounce, complaint }: SesEvent): EvidenceKind | undefined {
  if (complaint?.complaintFeedbackType === 'not-spam') return 'sent';
  return bounce && classifyBounce(bounce) === 'blocked' ? 'blocked' : kinds[eventType];
}
