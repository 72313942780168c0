import { expect, test } from 'vitest';
import { addressesIn, asDelivered, rawHeader, readableHeader } from '../../infra/local/emulators/ses/mail-headers.ts';

const raw = Buffer.from(
  [
    'Message-ID: <mine@here>',
    'Subject: =?UTF-8?Q?=E5=91=A8?=',
    '\t=?UTF-8?Q?=E6=8A=A5?=',
    'Date: yesterday',
    '',
    'Subject: of the body',
    '',
  ].join('\r\n'),
);

test('headers are read unfolded and decoded, and only from the head', () => {
  expect(readableHeader(raw, 'subject')).toBe('周报');
  expect(rawHeader(raw, 'X-None')).toBeUndefined();
});

test('addresses are found with and without names', () => {
  expect(addressesIn('Ada <ada@example.org>, bob@example.org')).toEqual(['ada@example.org', 'bob@example.org']);
});

test('a mailbox gets SES’s own Message-ID and Date', () => {
  const delivered = asDelivered(raw, { messageId: '0100-abc', date: new Date('2026-11-27T01:00:00Z') }).toString();

  expect(delivered).toContain('Message-ID: <0100-abc@email.amazonses.com>\r\nDate: Fri, 27 Nov 2026 01:00:00 +0000\r\n');
  expect(delivered).not.toMatch(/mine@here|yesterday/);
  expect(delivered.endsWith('\r\n\r\nSubject: of the body\r\n')).toBe(true);
});
