import { createServer as createTcpServer } from 'node:net';
import { SESClient } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutgoingMessage } from '../../functions/mail/mailer.ts';
import { getSendQuota } from '../../functions/mail/send-quota.ts';
import { sendingClient, sesMailer } from '../../functions/mail/ses-mailer.ts';
import { accept, after, answerWith, fakeSes, type Reply, refuse, reset, silence, stallAfterHeaders } from './fake-ses.ts';

const cleanUps: (() => unknown)[] = [];
beforeEach(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' });
});
afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function mailerOn(url: string, timeouts = { connectMs: 500, answerMs: 400 }) {
  process.env.AWS_ENDPOINT_URL_SES = url;
  const client = sendingClient(timeouts);
  cleanUps.push(() => {
    delete process.env.AWS_ENDPOINT_URL_SES;
    client.destroy();
  });
  return sesMailer({ client, configurationSet: 'newsletter' });
}

async function mailerWith(...replies: Reply[]) {
  const ses = await fakeSes(...replies);
  cleanUps.push(ses.close);
  return { ses, mailer: await mailerOn(ses.url) };
}

const aMessage = (to = 'ada@example.org'): OutgoingMessage => ({
  from: 'weekly@news.example.org',
  to,
  raw: Buffer.from('Subject: hello\r\n\r\nhello\r\n'),
  tags: { kind: 'digest', digest: '2026-11-27T0100Z', position: '7' },
});
const go = async () => 'go' as const;

test('an accepted message is submitted, with its tags and the configuration set', async () => {
  const { ses, mailer } = await mailerWith(accept);

  const outcomes = await mailer.submit([aMessage()], go);

  expect(outcomes).toEqual([{ kind: 'submitted', messageId: '0100-abc' }]);
  const body = Object.fromEntries(ses.bodies[0] ?? []);
  expect(body).toMatchObject({
    Action: 'SendRawEmail',
    Source: 'weekly@news.example.org',
    'Destinations.member.1': 'ada@example.org',
    ConfigurationSetName: 'newsletter',
    'Tags.member.1.Name': 'kind',
    'Tags.member.3.Value': '7',
  });
  expect(Buffer.from(body['RawMessage.Data'] ?? '', 'base64').toString()).toContain('Subject: hello');
});

test('a mail that cannot be made is certainly not sent, its address stays masked, and the others of its row go', async () => {
  const { ses, mailer } = await mailerWith(accept, accept);
  const broken: OutgoingMessage = {
    ...aMessage('eve@example.org'),
    get raw(): Uint8Array {
      throw new Error('There is no placeholder for eve@example.org.');
    },
  };

  const outcomes = await mailer.submit([aMessage(), broken, aMessage('bob@example.org')], go);

  expect(outcomes.map((outcome) => outcome?.kind)).toEqual(['submitted', 'unsendable', 'submitted']);
  expect(JSON.stringify(outcomes)).not.toContain('eve@');
  expect(ses.bodies).toHaveLength(2);
});

test.each<[string, Reply, string]>([
  ['faster than the account may', refuse('Throttling', 'Maximum sending rate exceeded.'), 'throttled'],
  ['too many calls', refuse('Throttling', 'Rate exceeded'), 'throttled'],
  ['a 429 without words', answerWith(429, ''), 'throttled'],
  ['the day is used up', refuse('Throttling', 'Daily message quota exceeded.'), 'quota'],
  [
    'the sender is not verified',
    refuse('MessageRejected', 'Email address is not verified. The following identities failed: weekly@x.org'),
    'unverified',
  ],
  ['the account is suspended', refuse('MessageRejected', 'Sending suspended for this account.'), 'blocked'],
  ['the account is paused', refuse('AccountSendingPausedException', 'Email sending is disabled for your entire account'), 'blocked'],
  ['the configuration set is paused', refuse('ConfigurationSetSendingPausedException', 'paused'), 'blocked'],
  ['the configuration set is missing', refuse('ConfigurationSetDoesNotExist', 'Configuration set does not exist'), 'blocked'],
  ['MAIL FROM is not set up', refuse('MailFromDomainNotVerifiedException', 'The MAIL FROM domain is not verified'), 'unverified'],
  ['we may not send', refuse('AccessDenied', 'User is not authorized to perform ses:SendRawEmail', 403), 'denied'],
  ['credentials have expired', refuse('ExpiredToken', 'The security token included in the request is expired', 403), 'denied'],
  ['a proxy forbids it in HTML', answerWith(403, '<html>forbidden</html>'), 'denied'],
  ['this message is refused', refuse('MessageRejected', 'Address blacklisted.'), 'rejected'],
  ['this address is refused', refuse('InvalidParameterValue', 'Domain contains illegal character'), 'rejected'],
  ['SES fails', refuse('InternalFailure', 'We are sorry', 500), 'unknown'],
  ['SES is unavailable', answerWith(503, 'busy'), 'unknown'],
  ['a success nobody can read', answerWith(200, 'not xml <'), 'unknown'],
  ['the connection is reset', reset, 'unknown'],
  ['no answer in time', silence, 'unknown'],
  ['an answer that stops half way', stallAfterHeaders, 'unknown'],
])('%s', async (_case, reply, kind) => {
  const { ses, mailer } = await mailerWith(reply);

  const [outcome] = await mailer.submit([aMessage()], go);

  expect(outcome?.kind).toBe(kind);
  expect(ses.bodies.length).toBe(1);
});

test('nobody listens: certainly not sent', async () => {
  const ses = await fakeSes();
  await ses.close();
  const mailer = await mailerOn(ses.url);

  const [outcome] = await mailer.submit([aMessage()], go);

  expect(outcome?.kind).toBe('not_sent');
});

test('a host without an address: certainly not sent', async () => {
  const mailer = await mailerOn('http://nowhere.invalid');

  const [outcome] = await mailer.submit([aMessage()], go);

  expect(outcome?.kind).toBe('not_sent');
});

test('a handshake that breaks off before the message: certainly not sent', async () => {
  const tcp = createTcpServer((socket) => socket.once('data', () => socket.destroy()));
  await new Promise<void>((listening) => tcp.listen(0, '127.0.0.1', listening));
  cleanUps.push(() => new Promise((closed) => tcp.close(closed)));
  const address = tcp.address();
  const mailer = await mailerOn(`https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);

  const [outcome] = await mailer.submit([aMessage()], go);

  expect(outcome?.kind).toBe('not_sent');
});

test('reasons carry no address', async () => {
  const { mailer } = await mailerWith(refuse('MessageRejected', 'Address blacklisted: Ada.Lovelace@example.org'));

  const [outcome] = await mailer.submit([aMessage()], go);

  expect(outcome).toEqual({ kind: 'rejected', reason: 'MessageRejected: Address blacklisted: A••@example.org' });
});

test('sends overlap: fifty slow answers take little longer than one', async () => {
  const { mailer } = await mailerWith(...Array.from({ length: 50 }, () => after(150, accept)));
  const begun = performance.now();

  const outcomes = await mailer.submit(
    Array.from({ length: 50 }, (_, n) => aMessage(`reader${n}@example.org`)),
    go,
  );

  expect(outcomes.every((outcome) => outcome?.kind === 'submitted')).toBe(true);
  expect(performance.now() - begun).toBeLessThan(1_500);
});

test('after a stop nothing more begins, and what was begun is waited for', async () => {
  const { ses, mailer } = await mailerWith(after(100, accept), after(100, accept));
  let turns = 0;

  const outcomes = await mailer.submit([aMessage(), aMessage(), aMessage(), aMessage()], async () => (++turns <= 2 ? 'go' : 'stop'));

  expect(outcomes.map((outcome) => outcome?.kind)).toEqual(['submitted', 'submitted', undefined, undefined]);
  expect([turns, ses.bodies.length]).toEqual([3, 2]);
});

test.each<[string, Reply]>([
  ['throttled', refuse('Throttling', 'Maximum sending rate exceeded.')],
  ['quota', refuse('Throttling', 'Daily message quota exceeded.')],
  ['denied', refuse('AccessDenied', 'no', 403)],
  ['blocked', refuse('ConfigurationSetDoesNotExist', 'no')],
  ['unverified', refuse('MessageRejected', 'Email address is not verified.')],
])('after %s nothing more begins', async (kind, reply) => {
  const { ses, mailer } = await mailerWith(accept, reply);
  const slowly = () => new Promise<'go'>((resolve) => setTimeout(() => resolve('go'), 60));

  const outcomes = await mailer.submit(
    Array.from({ length: 6 }, () => aMessage()),
    slowly,
  );

  expect(outcomes.map((outcome) => outcome?.kind).slice(0, 2)).toEqual(['submitted', kind]);
  expect(outcomes.slice(3)).toEqual([undefined, undefined, undefined]);
  expect(ses.bodies.length).toBeLessThanOrEqual(3);
});

test('a rejected or unknown message does not hold up the others', async () => {
  const { mailer } = await mailerWith(refuse('MessageRejected', 'no'), reset, accept);
  const oneByOne = () => new Promise<'go'>((resolve) => setTimeout(() => resolve('go'), 40));

  const outcomes = await mailer.submit([aMessage(), aMessage(), aMessage()], oneByOne);

  expect(outcomes.map((outcome) => outcome?.kind)).toEqual(['rejected', 'unknown', 'submitted']);
});

test('a turn that fails half way ends the row and keeps what SES accepted', async () => {
  const { mailer } = await mailerWith(accept);
  let turns = 0;
  const failing = async () => {
    if (++turns > 1) throw new Error('the pace cannot be read');
    return 'go' as const;
  };

  const outcomes = await mailer.submit([aMessage(), aMessage()], failing);

  expect(outcomes.map((outcome) => outcome?.kind)).toEqual(['submitted', undefined]);
});

test('a turn that fails before anything began is the error it is', async () => {
  const { mailer } = await mailerWith();
  const failing = () => Promise.reject(new Error('the pace cannot be read'));

  await expect(mailer.submit([aMessage()], failing)).rejects.toThrow('the pace cannot be read');
});

test('the quota is what SES says', async () => {
  const ses = await fakeSes(
    answerWith(
      200,
      '<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult><Max24HourSend>50000.0</Max24HourSend><MaxSendRate>14.0</MaxSendRate><SentLast24Hours>120.0</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>',
    ),
  );
  cleanUps.push(ses.close);
  const client = new SESClient({ endpoint: ses.url });

  const quota = await getSendQuota(client);

  expect(quota).toEqual({ maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 120 });
  client.destroy();
});
