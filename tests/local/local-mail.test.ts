import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AcceptedMessage } from '../../infra/local/emulators/ses/ses-books.ts';
import type { LocalRun } from '../../infra/local/local-run.ts';
import type { SmallApp } from './small-app.ts';
import { resource, route, startSmallApp } from './small-app.ts';

let run: LocalRun | undefined;
afterEach(async () => {
  await run?.stop();
  run = undefined;
});

/** Mails the address in the path, as HTML with a script in it. */
const sender = `
export const handler = async ({ rawPath }) => {
  const to = rawPath.slice(1);
  const raw = ['From: weekly@news.example.org', 'To: ' + to, 'Subject: =?UTF-8?B?5ZGo5oql?=', 'Content-Type: text/html; charset=utf-8', '',
    '<html><head></head><body><script>alert(1)</script><a href="/confirm">confirm</a></body></html>'].join('\\r\\n');
  const answer = await fetch(process.env.AWS_ENDPOINT_URL_SES, { method: 'POST', body: new URLSearchParams({
    Action: 'SendRawEmail', Source: 'weekly@news.example.org', 'Destinations.member.1': to, 'RawMessage.Data': Buffer.from(raw).toString('base64'),
    'Tags.member.1.Name': 'digest', 'Tags.member.1.Value': '2026-11-27T0100Z' }) });
  return { statusCode: answer.status, body: await answer.text() };
};`;

/** Says what SNS brought. */
const listener = `
export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    const { Type, Message } = JSON.parse(body);
    const event = Message.startsWith('{') ? JSON.parse(Message) : undefined;
    console.log(JSON.stringify({ level: 'WARN', message: Type + ' ' + (event ? event.eventType + ' ' + event.mail.destination + ' ' + event.mail.tags.digest : Message) }));
  }
};`;

const mailApp: SmallApp = {
  functions: { Sender: sender, Listener: listener },
  resources: {
    ...route('$default', 'Sender'),
    Set: resource('AWS::SES::ConfigurationSet', { Name: 'events' }),
    Identity: resource('AWS::SES::EmailIdentity', {
      EmailIdentity: 'news.example.org',
      ConfigurationSetAttributes: { ConfigurationSetName: { Ref: 'Set' } },
    }),
    Topic: resource('AWS::SNS::Topic'),
    Destination: resource('AWS::SES::ConfigurationSetEventDestination', {
      ConfigurationSetName: { Ref: 'Set' },
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['send', 'bounce', 'deliveryDelay'],
        SnsDestination: { TopicARN: { Ref: 'Topic' } },
      },
    }),
    Events: resource('AWS::SQS::Queue'),
    Subscription: resource('AWS::SNS::Subscription', {
      Protocol: 'sqs',
      TopicArn: { Ref: 'Topic' },
      Endpoint: { 'Fn::GetAtt': ['Events', 'Arn'] },
    }),
    Source: resource('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': ['Events', 'Arn'] },
      FunctionName: { 'Fn::GetAtt': ['Listener', 'Arn'] },
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 20,
    }),
  },
};

async function start(options: { dataFolder?: string } = {}) {
  const told: string[] = [];
  run = await startSmallApp(mailApp, { ...options, show: (line) => told.push(line.replace('listener WARN: ', '')) });
  return told;
}

const greeting = 'Notification Successfully validated SNS topic for Amazon SES event publishing.';
const ask = (path: string, options: RequestInit = {}) => fetch(`${run?.origin}${path}`, options);
const outbox = async (query = '') =>
  ((await (await ask(`/_local/outbox${query}`)).json()) as { messages: { id: string; to: string[] }[] }).messages;
const put = (path: string, body: unknown) => ask(path, { method: 'PUT', body: JSON.stringify(body) });

test('SES greets its topic, then tells only what the configuration set asks for', async () => {
  const told = await start();

  await ask('/ada@example.org');

  await expect.poll(() => told, { timeout: 5_000 }).toEqual([greeting, 'Notification Send ada@example.org 2026-11-27T0100Z']);
});

test('what goes wrong on purpose is told', async () => {
  const told = await start();
  await put('/_local/ses', {
    faults: [
      { action: 'bounce', to: 'gone@example.org' },
      { action: 'lose-event', to: 'lost@example.org' },
    ],
  });

  for (const to of ['lost', 'gone']) await ask(`/${to}@example.org`);

  await expect
    .poll(() => told, { timeout: 5_000 })
    .toEqual([greeting, 'Notification Send gone@example.org 2026-11-27T0100Z', 'Notification Bounce gone@example.org 2026-11-27T0100Z']);
  expect(await outbox()).toHaveLength(2);
});

test('events that a killed run still owed are told after the restart', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'periodical-data-'));
  const message: AcceptedMessage = {
    id: 'one',
    receivedAt: '2026-11-27T01:00:00.000Z',
    source: 'weekly@news.example.org',
    from: 'weekly@news.example.org',
    to: ['ada@example.org'],
    subject: 'Weekly',
    tags: { digest: '2026-11-27T0100Z' },
    configurationSet: 'events',
    countsAgainstQuota: true,
    events: [{ type: 'send' }],
  };
  mkdirSync(join(dataFolder, 'ses'));
  appendFileSync(join(dataFolder, 'ses', 'books.jsonl'), `${JSON.stringify({ accepted: message, at: 0, bytes: 4 })}\n`);
  writeFileSync(join(dataFolder, 'ses', 'messages.bin'), 'mail');

  const told = await start({ dataFolder });
  await expect.poll(() => told, { timeout: 5_000 }).toEqual([greeting, 'Notification Send ada@example.org 2026-11-27T0100Z']);
  await run?.stop();
  const toldAgain = await start({ dataFolder });
  await ask('/bob@example.org');

  await expect.poll(() => toldAgain, { timeout: 5_000 }).toEqual(['Notification Send bob@example.org 2026-11-27T0100Z']);
  expect((await outbox()).map(({ to }) => to[0])).toEqual(['ada@example.org', 'bob@example.org']);
});

test('the outbox lists what was accepted, oldest first, and can be asked for less', async () => {
  await start();
  for (const to of ['a', 'b', 'c']) await ask(`/${to}@example.org`);

  const [first] = await outbox();

  expect(first).toMatchObject({
    to: ['a@example.org'],
    from: 'weekly@news.example.org',
    subject: '周报',
    tags: { digest: '2026-11-27T0100Z' },
  });
  const readers = async (query: string) => (await outbox(query)).map(({ to }) => to[0]?.[0]).join('');
  expect(await readers('')).toBe('abc');
  expect(await readers(`?after=${first?.id}`)).toBe('bc');
  expect(await readers('?to=b@example.org')).toBe('b');
  expect(await readers('?digest=2026-11-27T0100Z&limit=2')).toBe('ab');
  expect(await readers('?digest=other')).toBe('');
});

test('a mail is there as bytes and as a page that cannot run its scripts', async () => {
  await start();
  await ask('/ada@example.org');
  const [message] = await outbox();

  const eml = await ask(`/_local/outbox/${message?.id}.eml`);
  const page = await ask(`/_local/outbox/${message?.id}`, { headers: { accept: 'text/html' } });
  const preview = await ask(`/_local/outbox/${message?.id}/preview`);

  expect(eml.headers.get('content-type')).toBe('message/rfc822');
  expect(await eml.text()).toMatch(/^From: weekly@news\.example\.org\r\nTo: ada@example\.org\r\n/);
  expect(await page.text()).toContain('<h1>周报</h1>');
  expect(preview.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups/);
  expect(await preview.text()).toContain('<head><base target="_blank"></head>');
  expect((await ask('/_local/outbox/other.eml')).status).toBe(404);
});

test('the outbox is a page for a browser', async () => {
  await start();
  await ask('/ada@example.org');

  const page = await ask('/_local/outbox', { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });

  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('周报</a>');
});

test('emptying the outbox leaves SES’s counters', async () => {
  await start();
  await ask('/ada@example.org');

  expect((await ask('/_local/outbox', { method: 'DELETE' })).status).toBe(204);

  expect(await outbox()).toEqual([]);
  expect(await (await ask('/_local/ses')).json()).toMatchObject({ accepted: 1, sentLast24Hours: 1 });
});

test('SES’s settings can be read, changed and put back; a wrong one is named', async () => {
  await start();
  const settings = (await (await ask('/_local/ses')).json()) as Record<string, unknown>;
  expect(settings).toMatchObject({
    maxSendRate: 14,
    max24HourSend: 50_000,
    latencyMs: 0,
    faults: [],
    accepted: 0,
    throttled: 0,
    quotaRefused: 0,
  });

  const changed = await put('/_local/ses', { ...settings, maxSendRate: 1, max24HourSend: 1 });
  await ask('/ada@example.org');
  await ask('/bob@example.org');

  expect(changed.status).toBe(200);
  expect(await (await ask('/_local/ses')).json()).toMatchObject({ maxSendRate: 1, accepted: 1, quotaRefused: 1 });
  const wrong = await put('/_local/ses', { faults: [{ action: 'explode' }] });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('faults[0].action');
});
