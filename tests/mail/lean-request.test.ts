import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLeanRequests } from '../../functions/mail/lean-request.ts';
import { accept, fakeSes, refuse } from './fake-ses.ts';

let ses: Awaited<ReturnType<typeof fakeSes>>;
beforeEach(async () => {
  ses = await fakeSes(accept, accept, refuse('Throttling', 'Maximum sending rate exceeded.'));
});
afterEach(() => ses.close());

const options = () => ({ endpoint: ses.url, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 's' }, maxAttempts: 1 });
const mail = (data: Uint8Array) =>
  new SendRawEmailCommand({
    Source: 'weekly@example.org',
    Destinations: ['ada+news@example.org'],
    RawMessage: { Data: data },
    ConfigurationSetName: 'set',
    Tags: [{ Name: 'digest', Value: '2026-11-27' }],
  });
const everyByte = (length: number) => Uint8Array.from({ length }, (_, n) => (n * 7 + (n >> 8)) % 256);

test.each([1, 2, 3, 24_575, 24_576, 24_577, 100_001])('a message of %i bytes reaches SES as the SDK would have sent it', async (length) => {
  const data = everyByte(length);

  await new SESClient(options()).send(mail(data));
  await withLeanRequests(new SESClient(options())).send(mail(data));

  const [theirs, ours] = ses.bodies;
  expect(ours?.get('RawMessage.Data')).toBe(Buffer.from(data).toString('base64'));
  expect([...(ours ?? [])]).toEqual([...(theirs ?? [])]);
});

test('a message whose base64 is all signs that have to be escaped reaches SES whole', async () => {
  const data = new Uint8Array(60_000).fill(255);

  await withLeanRequests(new SESClient(options())).send(mail(data));

  expect(ses.bodies[0]?.get('RawMessage.Data')).toBe('/'.repeat(80_000));
  expect(ses.bodies[0]?.get('ConfigurationSetName')).toBe('set');
});

test('a mail after a longer one, and after one that SES refused, holds nothing of them', async () => {
  const client = withLeanRequests(new SESClient(options()));
  const text = (word: string) => Buffer.from(word);

  await client.send(mail(text('a long first message')));
  await client.send(mail(text('short')));
  await expect(client.send(mail(text('refused for its rate')))).rejects.toThrow('Maximum sending rate exceeded');
  await Promise.all([client.send(mail(text('one'))), client.send(mail(text('another')))]);

  const received = ses.bodies.map((body) => Buffer.from(body.get('RawMessage.Data') ?? '', 'base64').toString());
  expect(received.slice(0, 3)).toEqual(['a long first message', 'short', 'refused for its rate']);
  expect(received.slice(3).sort()).toEqual(['another', 'one']);
});

test('what is asked without a raw message stays as it is', async () => {
  const client = withLeanRequests(new SESClient(options()));

  await client.send(new SendRawEmailCommand({ RawMessage: { Data: undefined } }));

  expect(ses.bodies[0]?.get('Action')).toBe('SendRawEmail');
});
