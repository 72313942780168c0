import type { AcceptedMessage, PlannedEvent } from './ses-books.ts';

/** The name under which a configuration set's event destination asks for an event. */
export const matchingEventType = ({ type }: PlannedEvent): string => type.toUpperCase();

export type SesPlace = { region: string; accountId: string; now: Date };

/** One event as SES publishes it to SNS ("Contents of event data that Amazon SES publishes to Amazon SNS"). */
export function sesEvent(message: AcceptedMessage, event: PlannedEvent, place: SesPlace) {
  const timestamp = place.now.toISOString();
  return { ...eventPart(message, event, timestamp), mail: mailPart(message, event, place) };
}

function mailPart(message: AcceptedMessage, event: PlannedEvent, { region, accountId }: SesPlace) {
  const domain = message.source.slice(message.source.lastIndexOf('@') + 1);
  return {
    timestamp: message.receivedAt,
    source: message.source,
    sourceArn: `arn:aws:ses:${region}:${accountId}:identity/${domain}`,
    sendingAccountId: accountId,
    messageId: message.id,
    destination: message.to,
    headersTruncated: false,
    commonHeaders: { from: [message.from], to: message.to, messageId: message.id, subject: message.subject },
    tags: {
      'ses:operation': ['SendRawEmail'],
      'ses:configuration-set': [message.configurationSet ?? ''],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domain],
      'ses:caller-identity': ['local'],
      ...(event.type === 'delivery' && { 'ses:outgoing-ip': ['127.0.0.1'] }),
      ...Object.fromEntries(Object.entries(message.tags).map(([name, value]) => [name, [value]])),
    },
  };
}

function eventPart({ id, to }: AcceptedMessage, event: PlannedEvent, timestamp: string) {
  switch (event.type) {
    case 'send':
      return { eventType: 'Send', send: {} };
    case 'delivery':
      return {
        eventType: 'Delivery',
        delivery: {
          timestamp,
          processingTimeMillis: 1,
          recipients: to,
          smtpResponse: '250 2.0.0 OK',
          remoteMtaIp: '127.0.0.1',
          reportingMTA: 'local.smtp-out.amazonses.com',
        },
      };
    case 'bounce':
      return { eventType: 'Bounce', bounce: bouncePart(to, event.cause, { feedbackId: `${id}-bounce`, timestamp }) };
    case 'complaint':
      return {
        eventType: 'Complaint',
        complaint: {
          complainedRecipients: to.map((emailAddress) => ({ emailAddress })),
          timestamp,
          feedbackId: `${id}-complaint`,
          complaintSubType: null,
          userAgent: 'Amazon SES Mailbox Simulator',
          complaintFeedbackType: 'abuse',
          arrivalDate: timestamp,
        },
      };
    case 'deliveryDelay':
      return {
        eventType: 'DeliveryDelay',
        deliveryDelay: {
          timestamp,
          delayType: 'TransientCommunicationFailure',
          expirationTime: new Date(Date.parse(timestamp) + 14 * 3_600_000).toISOString(),
          delayedRecipients: to.map((emailAddress) => ({
            emailAddress,
            status: '4.4.1',
            diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host',
          })),
          reportingMTA: 'local.smtp-out.amazonses.com',
        },
      };
  }
}

type BounceCause = Extract<PlannedEvent, { type: 'bounce' }>['cause'];

/** SES calls a refusal by policy permanent too: only the status tells it from a mailbox that is gone. */
const bounces: Record<BounceCause, { bounceType?: 'Transient'; bounceSubType: string; status: string; diagnosticCode: string }> = {
  'mailbox full': {
    bounceType: 'Transient',
    bounceSubType: 'MailboxFull',
    status: '4.2.2',
    diagnosticCode: 'smtp; 452 4.2.2 The mailbox is full',
  },
  'no mailbox': { bounceSubType: 'General', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
  blocked: {
    bounceSubType: 'General',
    status: '5.7.1',
    diagnosticCode: 'smtp; 550 5.7.1 Message rejected due to local policy: sender is on a block list',
  },
  suppressed: {
    bounceSubType: 'Suppressed',
    status: '5.1.1',
    diagnosticCode: 'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
  },
};

function bouncePart(to: string[], cause: BounceCause, { feedbackId, timestamp }: { feedbackId: string; timestamp: string }) {
  const { bounceType = 'Permanent', bounceSubType, status, diagnosticCode } = bounces[cause];
  return {
    bounceType,
    bounceSubType,
    bouncedRecipients: to.map((emailAddress) => ({ emailAddress, action: 'failed', status, diagnosticCode })),
    timestamp,
    feedbackId,
    reportingMTA: 'dns; local.smtp-out.amazonses.com',
  };
}
