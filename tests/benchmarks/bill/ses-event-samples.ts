type Tags = Record<string, string>;

const headers = [
  ['From', '"Harbour Letter" <weekly@news.example.org>'],
  ['Reply-To', 'editors@example.org'],
  ['Subject', '=?UTF-8?B?5rW35riv5ZGo5oql77yI56ysIDg4IOacn++8ie+8muWbm+eZvuadoee6v+e0og==?='],
  ['Content-Language', 'zh-CN'],
  ['MIME-Version', '1.0'],
  ['List-Id', '<harbour-letter.news.example.org>'],
  ['List-Unsubscribe', `<https://news.example.org/unsubscribe?t=${'t'.repeat(90)}>`],
  ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ['Content-Type', 'multipart/alternative; boundary="=_00000000000000000000000000000000"'],
].map(([name, value]) => ({ name, value }));

const mailPart = (n: number, tags: Tags) => ({
  timestamp: '2026-11-27T01:00:00.000Z',
  source: 'weekly@news.example.org',
  sourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/news.example.org',
  sendingAccountId: '000000000000',
  messageId: `0100018f3c2d5a6e-00000000-0000-4000-8000-${String(n).padStart(12, '0')}-000000`,
  destination: [`${n}@mail${n % 7}.example.org`],
  headersTruncated: false,
  headers,
  commonHeaders: { from: [headers[0]?.value], to: [`${n}@mail.example.org`], subject: headers[2]?.value },
  tags: {
    'ses:operation': ['SendRawEmail'],
    'ses:configuration-set': ['Periodical'],
    'ses:source-ip': ['203.0.113.7'],
    'ses:from-domain': ['news.example.org'],
    'ses:caller-identity': ['Periodical-DeliverBatches'],
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
  },
});

/** In SNS's envelope, as it comes off the queue. */
const enveloped = (event: object) =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: '00000000-0000-4000-8000-000000000000',
    TopicArn: 'arn:aws:sns:us-east-1:000000000000:Periodical-Sender-Events',
    Subject: 'Amazon SES Email Event Notification',
    Message: JSON.stringify(event),
    Timestamp: '2026-11-27T01:00:00.000Z',
    SignatureVersion: '1',
    Signature: 's'.repeat(344),
    SigningCertURL: `https://sns.us-east-1.amazonaws.com/SimpleNotificationService-${'0'.repeat(32)}.pem`,
    UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${'a'.repeat(100)}`,
  });

/** An event as SES publishes it, with the headers of our mails: about 3 KB, so that ten fit a request of 64 KB. */
export const sendEvent = (n: number, tags: Tags) => enveloped({ eventType: 'Send', mail: mailPart(n, tags), send: {} });

export const deliveryEvent = (n: number, tags: Tags) =>
  enveloped({
    eventType: 'Delivery',
    mail: mailPart(n, tags),
    delivery: {
      timestamp: '2026-11-27T01:00:03.000Z',
      processingTimeMillis: 3_000,
      recipients: [`${n}@mail${n % 7}.example.org`],
      smtpResponse: '250 2.0.0 OK 1764205203 d9443c01a7336-2a1b2c3d4e5si1234567plb.12 - gsmtp',
      remoteMtaIp: '203.0.113.25',
      reportingMTA: 'a48-101.smtp-out.amazonses.com',
    },
  });
