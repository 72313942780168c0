import { expect, test } from 'vitest';
import { positionOf, readerOf, sesEventIn } from '../../functions/feedback/ses-event.ts';
import { aboutDigest, aboutMail, bounce, complaint, digestOf, feedbackDesk, noMailbox } from './feedback-desk.ts';

const wrapped = (message: unknown) => ({ Type: 'Notification', MessageId: 'n-1', Message: JSON.stringify(message) });
const older = ({ eventType, ...event }: ReturnType<typeof aboutDigest>) => ({ notificationType: eventType, ...event });
const withNulls = (event: ReturnType<typeof aboutDigest>) => ({
  ...event,
  notificationType: null,
  complaint: null,
  reject: null,
  mail: { ...event.mail, headers: null, destination: null, timestamp: null, tags: { ...event.mail.tags, other: null } },
});

const dead = aboutDigest(2, 'Bounce', noMailbox());
const shapes: Record<string, object> = {
  'as event publishing has it': dead,
  'as a notification of an identity has it': older(dead),
  'with both names of its type': { ...dead, notificationType: 'Bounce' },
  'with nulls for what it leaves out': withNulls(dead),
  'wrapped by SNS': wrapped(dead),
  'a notification wrapped by SNS': wrapped(older(dead)),
  'passed on by EventBridge': { version: '0', source: 'aws.ses', 'detail-type': 'Email Bounced', detail: dead },
};

test.each(Object.entries(shapes))('a dead mailbox is known by the event %s', async (_, shape) => {
  const { tell, reader, ledger } = await feedbackDesk();

  const { failed } = await tell(shape);

  expect(failed).toEqual([]);
  expect(await reader()).toMatchObject({ state: 'suppressed', reason: 'bounce' });
  expect((await ledger.evidence({ digest: digestOf(2), shard: 'a', batch: 0 })).has('bounced', 0)).toBe(true);
});

test('a complaint of the older kind stops the mail like any other', async () => {
  const { tell, reader } = await feedbackDesk();

  await tell(older(aboutDigest(2, 'Complaint', complaint(3))));

  expect(await reader()).toMatchObject({ state: 'suppressed', reason: 'complaint' });
});

test('a bounce without type, sub-type or recipients is a bounce about which nothing is known', async () => {
  const { tell, reader, feedback } = await feedbackDesk();

  const { failed } = await tell(
    aboutMail(2, 'Bounce', { bounce: { bounceType: null, bounceSubType: null, bouncedRecipients: null } }),
    aboutMail(2, 'Bounce', { bounce: { bouncedRecipients: [{ status: null, diagnosticCode: null }] } }),
  );

  expect(failed).toEqual([]);
  expect(await reader()).toMatchObject({ state: 'confirmed' });
  expect((await feedback.of(`a${'0'.repeat(30)}1`, new Date('2026-12-01'))).map(({ kind }) => kind)).toEqual(['soft']);
});

test('an event without tags, and one of a type of tomorrow, is read and is about nobody', () => {
  const untagged = sesEventIn(JSON.stringify({ notificationType: 'Delivery', mail: { messageId: 'm', tags: null } }));
  const tomorrow = sesEventIn(JSON.stringify({ eventType: 'Sealed', mail: { messageId: 'm' }, sealed: { by: 'x' } }));

  for (const event of [untagged, tomorrow]) {
    if (typeof event === 'string') throw new Error(event);
    expect([positionOf(event), readerOf(event)]).toEqual([undefined, undefined]);
  }
});

test.each([
  ['the line of text', 'Successfully validated SNS topic for Amazon SES event publishing.'],
  ['the same, wrapped by SNS', { Type: 'Notification', Message: 'Successfully validated SNS topic for Amazon SES event publishing.' }],
  ['the notification', wrapped({ notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have subscribed.' })],
])('%s that SES sends first to a topic does no harm', async (_, message) => {
  const { tell, unreadable } = await feedbackDesk();

  const { failed } = await tell(message as object);

  expect(failed).toEqual([]);
  expect(unreadable).toEqual([]);
});

test.each([
  ['text', 'no JSON at all'],
  ['half an event', '{"eventType":"Bounce","mail":{"messageId":"m"'],
  ['other JSON', { hello: 1 }],
  ['a list', []],
  ['an event without a mail', { eventType: 'Complaint', complaint: {} }],
  ['an event without a type', { mail: { messageId: 'm' }, ...bounce('Permanent') }],
  ['a type that is no text', { eventType: 7, mail: { messageId: 'm' } }],
  ['a mail without an id', wrapped({ eventType: 'Bounce', mail: { messageId: null } })],
])('%s cannot be read: it is kept, it proves nothing, and the events beside it are recorded', async (_, message) => {
  const { tell, unreadable, reader } = await feedbackDesk();

  const { failed } = await tell(message as object, dead);

  expect(failed.map(({ id }) => id)).toEqual(['r-0']);
  expect(unreadable).toHaveLength(1);
  expect(await reader()).toMatchObject({ state: 'suppressed' });
  expect(String(failed[0]?.error)).not.toMatch(/@|hello|half/);
});
