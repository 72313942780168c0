/**
 * One event of each kind in the shape of AWS's own examples ("Examples of event data that Amazon SES publishes to Amazon
 * SNS"), with own data: every part that an example shows is here, also those we do not read.
 */
const headers = [
  { name: 'From', value: 'Harbour Letter <weekly@news.example.org>' },
  { name: 'To', value: 'ada@example.org' },
  { name: 'MIME-Version', value: '1.0' },
];

/** The part about the mail; `tags` are what the mail carried beside SES's own. */
const mail = (tags: Record<string, string[]>) => ({
  timestamp: '2026-09-02T09:00:00.000Z',
  source: 'Harbour Letter <weekly@news.example.org>',
  sourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/news.example.org',
  sendingAccountId: '111122223333',
  messageId: '0102019-harbour-000000',
  destination: ['ada@example.org'],
  headersTruncated: false,
  headers,
  commonHeaders: {
    from: ['Harbour Letter <weekly@news.example.org>'],
    to: ['ada@example.org'],
    messageId: '0102019-harbour',
    subject: 'Weekly',
  },
  tags: {
    'ses:configuration-set': ['Periodical'],
    'ses:source-ip': ['192.0.2.7'],
    'ses:from-domain': ['news.example.org'],
    'ses:caller-identity': ['deliver-batches'],
    ...tags,
  },
});

/** Reader: what becomes of them; evidence: what the report learns. */
export type Example = { name: string; event: object; reader: 'confirmed' | 'bounce' | 'complaint'; evidence: string[] };

const tags = { kind: ['digest'], digest: ['2026-09-02T0100Z'], shard: ['a'], batch: ['0'], position: ['0'], attempt: ['1'] };

const bounced = (
  bounceType: string,
  bounceSubType: string | undefined,
  { status, diagnosticCode, ...more }: { status?: string; diagnosticCode?: string } = {},
) => ({
  eventType: 'Bounce',
  bounce: {
    bounceType,
    ...(bounceSubType !== undefined && { bounceSubType }),
    bouncedRecipients: [
      { emailAddress: 'ada@example.org', action: 'failed', ...(status && { status }), ...(diagnosticCode && { diagnosticCode }) },
    ],
    timestamp: '2026-09-02T09:01:00.000Z',
    feedbackId: '0102019-bounce-000000',
    reportingMTA: 'dsn; mx.example.org',
    ...more,
  },
  mail: mail(tags),
});

const complained = (complaint: object) => ({
  eventType: 'Complaint',
  complaint: {
    complainedRecipients: [{ emailAddress: 'ada@example.org' }],
    timestamp: '2026-09-03T07:00:00.000Z',
    feedbackId: '0102019-complaint-000000',
    arrivalDate: '2026-09-03T06:59:00.000Z',
    ...complaint,
  },
  mail: mail(tags),
});

const other = (eventType: string, part: object) => ({ eventType, mail: mail(tags), ...part });

const bounces: Example[] = [
  ['Permanent', 'General', { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' }, 'bounce', 'bounced'],
  ['Permanent', 'General', {}, 'confirmed', 'bounced'],
  ['Permanent', 'NoEmail', {}, 'bounce', 'bounced'],
  ['Permanent', 'Suppressed', { status: '5.1.1' }, 'bounce', 'bounced'],
  ['Permanent', 'OnAccountSuppressionList', { status: '5.1.1' }, 'bounce', 'bounced'],
  ['Permanent', 'UnsubscribedRecipient', {}, 'confirmed', 'bounced'],
  ['Permanent', 'General', { status: '5.2.1' }, 'bounce', 'bounced'],
  ['Permanent', 'General', { status: '5.2.2' }, 'confirmed', 'bounced'],
  ['Permanent', 'General', { status: '5.7.1' }, 'confirmed', 'blocked'],
  ['Permanent', 'General', { status: '5.3.4' }, 'confirmed', 'blocked'],
  ['Transient', 'General', {}, 'confirmed', 'bounced'],
  ['Transient', 'MailboxFull', { status: '4.2.2' }, 'confirmed', 'bounced'],
  ['Transient', 'MessageTooLarge', { status: '5.3.4' }, 'confirmed', 'blocked'],
  ['Transient', 'CustomTimeoutExceeded', { status: '4.4.7' }, 'confirmed', 'bounced'],
  ['Transient', 'ContentRejected', {}, 'confirmed', 'blocked'],
  ['Transient', 'AttachmentRejected', {}, 'confirmed', 'blocked'],
  ['Undetermined', 'Undetermined', {}, 'confirmed', 'bounced'],
  ['Permanent', 'ASubTypeOfTomorrow', {}, 'confirmed', 'bounced'],
  ['ATypeOfTomorrow', undefined, { status: '5.1.1' }, 'confirmed', 'bounced'],
].map(([type, subType, more, reader, evidence]) => ({
  name: `Bounce ${type} ${subType ?? ''} ${Object.values(more as object).join(' ')}`,
  event: bounced(type as string, subType as string | undefined, more as object),
  reader: reader as Example['reader'],
  evidence: [evidence as string],
}));

const complaints: Example[] = [
  ['abuse', null, 'complaint'],
  ['fraud', null, 'complaint'],
  ['virus', null, 'complaint'],
  ['auth-failure', null, 'complaint'],
  ['other', null, 'complaint'],
  [undefined, null, 'complaint'],
  ['abuse', 'OnAccountSuppressionList', 'complaint'],
  ['not-spam', null, 'confirmed'],
].map(([type, subType, reader]) => ({
  name: `Complaint ${type} ${subType ?? ''}`,
  event: complained({ userAgent: 'A Feedback Loop/1', complaintSubType: subType, ...(type && { complaintFeedbackType: type }) }),
  reader: reader as Example['reader'],
  evidence: [reader === 'complaint' ? 'complained' : 'sent'],
}));

const delays = [
  ...['InternalFailure', 'General', 'MailboxFull', 'SpamDetected', 'RecipientServerError', 'IPFailure'],
  ...['TransientCommunicationFailure', 'BYOIPHostNameLookupUnavailable', 'Undetermined', 'SendingDeferral'],
];

export const examples: Example[] = [
  ...bounces,
  ...complaints,
  ...delays.map((delayType) => ({
    name: `DeliveryDelay ${delayType}`,
    event: other('DeliveryDelay', {
      deliveryDelay: {
        timestamp: '2026-09-02T10:00:00.000Z',
        delayType,
        expirationTime: '2026-09-02T23:00:00.000Z',
        delayedRecipients: [{ emailAddress: 'ada@example.org', status: '4.4.1', diagnosticCode: 'smtp; 421 4.4.1 cannot connect' }],
      },
    }),
    reader: 'confirmed' as const,
    evidence: ['delayed'],
  })),
  { name: 'Send', event: other('Send', { send: {} }), reader: 'confirmed', evidence: ['sent'] },
  {
    name: 'Delivery',
    event: other('Delivery', {
      delivery: {
        timestamp: '2026-09-02T09:00:02.000Z',
        processingTimeMillis: 1_800,
        recipients: ['ada@example.org'],
        smtpResponse: '250 2.6.0 taken',
        reportingMTA: 'mta.example.org',
      },
    }),
    reader: 'confirmed',
    evidence: ['delivered'],
  },
  { name: 'Reject', event: other('Reject', { reject: { reason: 'Bad content' } }), reader: 'confirmed', evidence: ['blocked', 'dropped'] },
  {
    name: 'Rendering Failure',
    event: other('Rendering Failure', { failure: { templateName: 'none', errorMessage: 'Attribute missing' } }),
    reader: 'confirmed',
    evidence: [],
  },
  {
    name: 'Open',
    event: other('Open', { open: { ipAddress: '192.0.2.9', timestamp: '2026-09-02T12:00:00.000Z', userAgent: 'A Reader/1' } }),
    reader: 'confirmed',
    evidence: [],
  },
  {
    name: 'Click',
    event: other('Click', {
      click: { ipAddress: '192.0.2.9', link: 'https://example.org/', linkTags: null, timestamp: '2026-09-02T12:00:00.000Z' },
    }),
    reader: 'confirmed',
    evidence: [],
  },
  {
    name: 'Subscription',
    event: other('Subscription', {
      subscription: {
        contactList: 'List',
        timestamp: '2026-09-02T12:00:00.000Z',
        source: 'UnsubscribeHeader',
        newTopicPreferences: { unsubscribeAll: true, topicSubscriptionStatus: [] },
        oldTopicPreferences: { unsubscribeAll: false, topicSubscriptionStatus: [] },
      },
    }),
    reader: 'confirmed',
    evidence: [],
  },
  { name: 'EventOfTomorrow', event: other('EventOfTomorrow', { tomorrow: { timestamp: 'x' } }), reader: 'confirmed', evidence: [] },
];
