import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AcceptedMessage } from '../../infra/local/emulators/ses/ses-books.ts';
import { SesBooks } from '../../infra/local/emulators/ses/ses-books.ts';
import { sesEvent } from '../../infra/local/emulators/ses/ses-events.ts';

const aFolder = () => mkdtempSync(join(tmpdir(), 'books-'));

const aMessage = (id: string, changes: Partial<AcceptedMessage> = {}): AcceptedMessage => ({
  id,
  receivedAt: '2026-11-27T01:00:00.000Z',
  source: 'weekly@news.example.org',
  from: 'weekly@news.example.org',
  to: ['ada@example.org'],
  subject: 'Weekly',
  tags: { digest: '2026-11-27', batch: '3', position: '7' },
  configurationSet: 'events',
  countsAgainstQuota: true,
  events: [{ type: 'send' }, { type: 'delivery' }],
  ...changes,
});

const listed = (books: SesBooks, after?: string) => [...books.list(after)].map(({ id }) => id);
const owed = (books: SesBooks) => books.owedFirst(10).map(({ id }) => id);

test('what SES accepted is known after a killed run, and so is what it still owes', () => {
  const folder = aFolder();
  const before = new SesBooks(folder);
  before.accept(aMessage('one'), Buffer.from('first'));
  before.accept(aMessage('two'), Buffer.from('second'));
  before.published(['one']);

  const after = new SesBooks(folder);

  expect(listed(after)).toEqual(['one', 'two']);
  expect(after.raw('two')?.toString()).toBe('second');
  expect(owed(after)).toEqual(['two']);
});

test('a line that a killed run left half written was never answered for', () => {
  const folder = aFolder();
  new SesBooks(folder).accept(aMessage('one'), Buffer.from('first'));
  appendFileSync(join(folder, 'books.jsonl'), '{"accepted":{"id":"half');
  appendFileSync(join(folder, 'messages.bin'), 'half a mess');

  const after = new SesBooks(folder);
  after.accept(aMessage('two'), Buffer.from('second'));

  expect(listed(new SesBooks(folder))).toEqual(['one', 'two']);
  expect(new SesBooks(folder).raw('two')?.toString()).toBe('second');
});

test('a list goes on behind a message', () => {
  const books = new SesBooks(aFolder());
  for (const id of ['one', 'two', 'three']) books.accept(aMessage(id), Buffer.from(id));

  expect(listed(books, 'one')).toEqual(['two', 'three']);
});

test('emptying forgets the messages, not that they were sent', () => {
  const folder = aFolder();
  const books = new SesBooks(folder);
  books.accept(aMessage('one'), Buffer.from('first'));

  books.empty(new Date('2026-11-27T01:01:00Z'));
  books.accept(aMessage('two'), Buffer.from('second'));

  for (const each of [books, new SesBooks(folder)]) {
    expect(listed(each)).toEqual(['two']);
    expect(each.raw('two')?.toString()).toBe('second');
    expect(owed(each)).toEqual(['one', 'two']);
    expect(each.sentLast24Hours(new Date('2026-11-27T02:00:00Z'))).toBe(2);
    expect(each.sentLast24Hours(new Date('2026-11-28T01:00:01Z'))).toBe(0);
  }
});

test('a topic is greeted once, also over a restart', () => {
  const folder = aFolder();
  const books = new SesBooks(folder);

  expect(books.greets('arn:topic')).toBe(true);
  expect(books.greets('arn:topic')).toBe(false);
  expect(new SesBooks(folder).greets('arn:topic')).toBe(false);
});

const place = { region: 'us-east-1', accountId: '000000000000', now: new Date('2026-11-27T01:00:02Z') };

test('an event names the message, its tags and its configuration set as SES does', () => {
  const event = sesEvent(aMessage('one'), { type: 'send' }, place);

  expect(event).toMatchObject({
    eventType: 'Send',
    send: {},
    mail: {
      messageId: 'one',
      timestamp: '2026-11-27T01:00:00.000Z',
      destination: ['ada@example.org'],
      tags: { digest: ['2026-11-27'], batch: ['3'], position: ['7'], 'ses:configuration-set': ['events'] },
    },
  });
});

test('a closed mailbox and a refusal by policy are both permanent; the status tells them apart', () => {
  const gone = sesEvent(aMessage('one'), { type: 'bounce', cause: 'no mailbox' }, place);
  const refused = sesEvent(aMessage('one'), { type: 'bounce', cause: 'blocked' }, place);

  expect(gone).toMatchObject({
    eventType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: 'ada@example.org', status: '5.1.1' }],
    },
  });
  expect(refused).toMatchObject({ bounce: { bounceType: 'Permanent', bouncedRecipients: [{ status: '5.7.1' }] } });
});

test('a complaint and a delay name their recipients', () => {
  expect(sesEvent(aMessage('one'), { type: 'complaint' }, place)).toMatchObject({
    eventType: 'Complaint',
    complaint: { complainedRecipients: [{ emailAddress: 'ada@example.org' }], complaintFeedbackType: 'abuse' },
  });
  expect(sesEvent(aMessage('one'), { type: 'deliveryDelay' }, place)).toMatchObject({
    eventType: 'DeliveryDelay',
    deliveryDelay: { delayType: 'TransientCommunicationFailure', delayedRecipients: [{ emailAddress: 'ada@example.org' }] },
  });
});
