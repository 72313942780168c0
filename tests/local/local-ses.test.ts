import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterEach, expect, test } from 'vitest';
import { Access } from '../../infra/local/access/access.ts';
import { AwsEndpoint } from '../../infra/local/emulators/aws-endpoint.ts';
import type { Secrets } from '../../infra/local/emulators/secrets.ts';
import { LocalSes } from '../../infra/local/emulators/ses/local-ses.ts';
import { SesBooks } from '../../infra/local/emulators/ses/ses-books.ts';
import { LocalStack } from '../../infra/local/local-stack.ts';
import { place } from './place.ts';

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** A local SES, and the SDK's own client of it. */
async function aSes({ maxSendRate = 100 } = {}) {
  const books = new SesBooks(mkdtempSync(join(tmpdir(), 'ses-')));
  const ses = new LocalSes({
    books,
    identities: new Map([['news.example.org', undefined]]),
    configurationSets: new Set(['events']),
    region: 'us-east-1',
    now: () => new Date('2026-11-27T01:00:00Z'),
    maxSendRate,
    onAccepted: () => {},
  });
  const endpoint = await AwsEndpoint.start();
  endpoint.serve({ ses, secrets: {} as Secrets, access: new Access(new LocalStack({ Resources: {} }, place), () => {}) });
  open.push(endpoint, books);
  const client = new SESClient({
    endpoint: endpoint.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const send = (to: string, changes: Partial<ConstructorParameters<typeof SendRawEmailCommand>[0]> = {}) =>
    client.send(
      new SendRawEmailCommand({
        Source: 'weekly@news.example.org',
        Destinations: [to],
        RawMessage: { Data: Buffer.from(aMessage) },
        Tags: [
          { Name: 'digest', Value: '2026-11-27' },
          { Name: 'kind', Value: 'digest' },
        ],
        ConfigurationSetName: 'events',
        ...changes,
      }),
    );
  const accepted = () => [...books.list()];
  return { books, ses, client, send, accepted };
}

const aMessage = [
  'From: =?UTF-8?B?5ZGo5oql?= <weekly@news.example.org>',
  'To: ada@example.org',
  'Subject: =?UTF-8?B?56ys5LiA?=',
  ' =?UTF-8?B?5pyf?=',
  '',
  'body',
].join('\r\n');

test('in the sandbox mail goes to verified addresses and the simulator alone, one a second and 200 a day', async () => {
  const { ses, client, send, accepted } = await aSes();
  ses.sandbox = true;
  ses.verify('Ada@example.org');

  await expect(send('grace@example.com')).rejects.toMatchObject({
    name: 'MessageRejected',
    message: expect.stringContaining('grace@example.com'),
  });
  const sent = await Promise.allSettled(Array.from({ length: 5 }, () => send('ada@example.org')));

  expect(sent.filter(({ status }) => status === 'rejected')).toContainEqual(
    expect.objectContaining({ reason: expect.objectContaining({ name: 'Throttling' }) }),
  );
  expect(accepted().length).toBe(sent.filter(({ status }) => status === 'fulfilled').length);
  expect(await client.send(new GetSendQuotaCommand({}))).toMatchObject({ MaxSendRate: 1, Max24HourSend: 200 });
});

test('in the sandbox SES asks for the recipient’s identity beside the sender’s', async () => {
  const { ses } = await aSes();
  const submission = {
    source: 'weekly@news.example.org',
    destinations: ['ada@example.org'],
    raw: Buffer.from(''),
    tags: {},
    configurationSet: undefined,
  };

  expect(ses.identitiesAsked(submission)).toEqual(['news.example.org']);
  ses.sandbox = true;
  expect(ses.identitiesAsked(submission)).toEqual(['news.example.org', 'example.org']);
  ses.verify('ada@example.org');
  expect(ses.identitiesAsked(submission)).toEqual(['news.example.org', 'ada@example.org']);
});

test('a message is accepted with what it says of itself, byte for byte', async () => {
  const { books, send, accepted } = await aSes();

  const { MessageId } = await send('ada@example.org');

  expect(accepted()).toMatchObject([
    {
      id: MessageId,
      to: ['ada@example.org'],
      source: 'weekly@news.example.org',
      from: '周报 <weekly@news.example.org>',
      subject: '第一期',
      tags: { digest: '2026-11-27', kind: 'digest' },
    },
  ]);
  expect(books.raw(MessageId ?? '')?.toString()).toBe(aMessage);
});

test('the quota is told', async () => {
  const { client, send } = await aSes({ maxSendRate: 50 });
  await send('ada@example.org');
  await send('success@simulator.amazonses.com');

  const quota = await client.send(new GetSendQuotaCommand({}));

  expect(quota).toMatchObject({ MaxSendRate: 50, Max24HourSend: 50_000, SentLast24Hours: 1 });
});

test('beyond the rate SES throttles, by name and words', async () => {
  const { ses, send } = await aSes({ maxSendRate: 1 });
  await Promise.all([send('ada@example.org'), send('bob@example.org')]);

  const third = send('cy@example.org');

  await expect(third).rejects.toMatchObject({
    name: 'Throttling',
    message: 'Maximum sending rate exceeded.',
    $metadata: { httpStatusCode: 400 },
  });
  expect(ses.throttled).toBe(1);
});

test('beyond the day’s quota only the words differ', async () => {
  const { ses, send } = await aSes();
  ses.max24HourSend = 1;
  await send('ada@example.org');

  await expect(send('bob@example.org')).rejects.toMatchObject({ name: 'Throttling', message: 'Daily message quota exceeded.' });
  expect(ses.quotaRefused).toBe(1);
});

test.each([
  [{ Source: 'weekly@elsewhere.example' }, 'MessageRejected', /not verified.*US-EAST-1: weekly@elsewhere\.example/],
  [{ ConfigurationSetName: 'other' }, 'ConfigurationSetDoesNotExist', /<other> does not exist/],
  [{ Tags: [{ Name: 'digest', Value: '周报' }] }, 'InvalidParameterValue', /alphanumeric ASCII/],
  [{ Destinations: ['nobody'] }, 'InvalidParameterValue', /Missing final '@domain'/],
  [{ Destinations: ['müller@example.org'] }, 'InvalidParameterValue', /Local address contains control or whitespace/],
])('%j is declined as %s', async (changes, name, message) => {
  const { send, accepted } = await aSes();

  const sending = send('ada@example.org', changes);

  await expect(sending).rejects.toMatchObject({ message: expect.stringMatching(message) });
  await expect(sending).rejects.toSatisfy((error: Error) => error.name.replace(/Exception$/, '') === name);
  expect(accepted()).toEqual([]);
});

test('reset-before breaks the connection and nothing was accepted', async () => {
  const { ses, send, accepted } = await aSes();
  ses.faults.all = [{ action: 'reset-before' }];

  await expect(send('ada@example.org')).rejects.toMatchObject({ code: 'ECONNRESET' });

  expect(accepted()).toEqual([]);
});

test('reset-after breaks the connection after the message was accepted', async () => {
  const { ses, send, accepted } = await aSes();
  ses.faults.all = [{ action: 'reset-after' }];

  await expect(send('ada@example.org')).rejects.toMatchObject({ code: 'ECONNRESET' });

  expect(accepted().map(({ to }) => to)).toEqual([['ada@example.org']]);
});

test('faults answer as SES does', async () => {
  const { ses, send } = await aSes();
  ses.faults.all = [
    { action: 'throttle', to: 'a@example.org' },
    { action: 'quota', to: 'b@example.org' },
    { action: 'reject', to: 'c@example.org' },
    { action: 'error-500', to: 'd@example.org' },
  ];

  await expect(send('a@example.org')).rejects.toMatchObject({ name: 'Throttling', message: 'Maximum sending rate exceeded.' });
  await expect(send('b@example.org')).rejects.toMatchObject({ name: 'Throttling', message: 'Daily message quota exceeded.' });
  await expect(send('c@example.org')).rejects.toMatchObject({ name: 'MessageRejected' });
  await expect(send('d@example.org')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
});

test('a fault meets whom it names, after so many, so many times', async () => {
  const { ses, send, accepted } = await aSes();
  ses.faults.all = [{ action: 'reject', to: '*@b.example', digest: '2026-11-27', after: 1, times: 1 }];

  const outcomes = await inTurn(['1@b.example', '2@a.example', '3@b.example', '4@b.example'], (to) =>
    send(to).then(
      () => 'accepted',
      () => 'declined',
    ),
  );

  expect(outcomes).toEqual(['accepted', 'accepted', 'declined', 'accepted']);
  expect(accepted()).toHaveLength(3);
});

test.each([
  ['ada@example.org', ['send', 'delivery']],
  ['success@simulator.amazonses.com', ['send', 'delivery']],
  ['bounce+label@simulator.amazonses.com', ['send', 'bounce']],
  ['complaint@simulator.amazonses.com', ['send', 'delivery', 'complaint']],
  ['suppressionlist@simulator.amazonses.com', ['send', 'bounce']],
  ['ooto@simulator.amazonses.com', ['send', 'delivery']],
])('of mail to %s SES tells %j', async (to, types) => {
  const { send, accepted } = await aSes();

  await send(to);

  expect(accepted()[0]?.events.map(({ type }) => type)).toEqual(types);
});

test.each([
  ['bounce', ['send', 'bounce']],
  ['soft-bounce', ['send', 'bounce']],
  ['block', ['send', 'bounce']],
  ['complain', ['send', 'delivery', 'complaint']],
  ['delay', ['send', 'deliveryDelay', 'delivery']],
  ['lose-event', []],
  ['repeat-event', ['send', 'delivery', 'send', 'delivery']],
] as const)('under the fault %s SES tells %j', async (action, types) => {
  const { ses, send, accepted } = await aSes();
  ses.faults.all = [{ action }];

  await send('ada@example.org');

  expect(accepted()[0]?.events.map(({ type }) => type)).toEqual(types);
});

async function inTurn<In, Out>(values: readonly In[], work: (value: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}
