import { maskAddressesIn } from '../mail/email-address.ts';
import { classifyBounce, statusOf } from './classify-bounce.ts';
import { cutText } from './outside-text.ts';
import type { ReaderFeedback } from './reader-feedback.ts';
import { positionOf, type SesEvent } from './ses-event.ts';

const longestWords = 300;

/** What an event says about its reader; undefined for what concerns the mail and not the reader. */
export function feedbackIn(event: SesEvent, now: Date): ReaderFeedback | undefined {
  const { eventType, bounce, complaint, mail } = event;
  const digest = positionOf(event)?.digest;
  const about = { messageId: mail.messageId, ...(digest !== undefined && { digest }), mail: mail.tags.kind?.[0] ?? '' };
  if (eventType === 'Complaint') {
    const type = complaint?.complaintFeedbackType ?? '';
    return {
      ...about,
      kind: type === 'not-spam' ? 'not-spam' : 'complaint',
      at: timeOf(complaint?.timestamp ?? mail.timestamp, now),
      type,
      subType: complaint?.complaintSubType ?? '',
      status: '',
      words: '',
    };
  }
  const kind = eventType === 'Bounce' && bounce ? classifyBounce(bounce) : 'nothing';
  if (!bounce || kind === 'nothing') return undefined;
  const said = cutText(bounce.bouncedRecipients.map(({ diagnosticCode }) => diagnosticCode ?? '').join('\n'));
  return {
    ...about,
    kind,
    at: mailedAt(event, now),
    type: bounce.bounceType,
    subType: bounce.bounceSubType,
    status: statusOf(bounce),
    words: withoutAddresses(said, mail.destination).slice(0, longestWords),
  };
}

/** When SES was given the mail that an event is about. */
const mailedAt = ({ mail }: SesEvent, now: Date) => timeOf(mail.timestamp, now);

/** To the millisecond and in UTC, so that text compares as time does. */
const timeOf = (time: string | null | undefined, now: Date) => (time ? new Date(time) : now).toISOString();

/** Some servers name the reader by the part before the @ alone. */
function withoutAddresses(said: string, addresses: readonly string[]) {
  const names = addresses.map((address) => address.slice(0, address.lastIndexOf('@'))).filter((name) => name.length > 2);
  return names.reduce((text, name) => text.replaceAll(name, '••'), maskAddressesIn(said.replace(/\s+/g, ' ')));
}
