import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { digestMessage } from '../../../functions/digests/rendering/digest-message.ts';
import type { OutgoingMessage } from '../../../functions/mail/mailer.ts';
import { keyRing } from '../../../functions/platform/sealing/read-key-ring.ts';
import { readerLinks } from '../../../functions/subscribers/reader-links.ts';
import { sampleSettings } from '../../emails/sample-settings.ts';
import { renderedWeekly } from './rendered-weekly.ts';

// What the worker is measured against: a loop that only sends. `sdk` is a client as the SDK makes it, `signed` a request
// signed by hand, which is the least that SES can be asked with. The messages are made before, and each is sent often.

const [kind = 'sdk'] = process.argv.slice(2);
const atOnce = 16;
const copies = 200;

const rendered = await renderedWeekly();
const linksOf = readerLinks(keyRing(JSON.stringify({ current: 'k1', k1: 'k'.repeat(64) })), 'https://news.example.org');
const messages = Array.from({ length: copies }, (_, n) => messageTo(n));

function messageTo(n: number): OutgoingMessage {
  const id = String(n).padStart(32, '0');
  const tags = { kind: 'digest', digest: '2026-11-27T0100Z', shard: 'a', batch: '12', position: String(n % 50), attempt: '1' };
  const reader = { settings: sampleSettings(), locale: 'zh-CN' as const, address: `reader${n}@example.org`, tags, ...linksOf(id) };
  const message = digestMessage(rendered, reader);
  // Made here and now: a mail is otherwise made when it is asked for, and that is the worker's work, not theirs.
  return { ...message, raw: message.raw };
}

const send = kind === 'sdk' ? withSdk() : signedByHand();

process.on('disconnect', () => process.exit());
process.on('message', async ({ mails }: { mails: number }) => {
  const before = process.cpuUsage();
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < mails; n = next++) await send(messages[n % copies] as OutgoingMessage);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuMs: (user + system) / 1_000 / mails });
});
process.send?.({ ready: true });

function withSdk() {
  const client = new SESClient({});
  return ({ from, to, raw, tags }: OutgoingMessage) =>
    client.send(
      new SendRawEmailCommand({
        Source: from,
        Destinations: [to],
        RawMessage: { Data: raw },
        ConfigurationSetName: 'set',
        Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
      }),
    );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signedByHand() {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const endpoint = new URL(process.env.AWS_ENDPOINT_URL_SES ?? '');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const keys = new Map<string, Buffer>();
  const keyOf = (day: string) => {
    const known = keys.get(day) ?? ['us-east-1', 'ses', 'aws4_request'].reduce(hmac, hmac('AWS4benchmark', day));
    keys.set(day, known);
    return known;
  };
  return ({ from, to, raw, tags }: OutgoingMessage) => {
    const fields = { Source: from, 'Destinations.member.1': to, ConfigurationSetName: 'set' };
    const tagFields = Object.entries(tags).map(([name, value], n) => ({
      [`Tags.member.${n + 1}.Name`]: name,
      [`Tags.member.${n + 1}.Value`]: value,
    }));
    const form = new URLSearchParams(Object.assign({ Action: 'SendRawEmail', Version: '2010-12-01', ...fields }, ...tagFields));
    const data = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('base64');
    const escaped = data.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D');
    const body = Buffer.from(`${form}&RawMessage.Data=${escaped}`, 'latin1');
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const day = time.slice(0, 8);
    const hash = createHash('sha256').update(body).digest('hex');
    const canonical = `POST\n/\n\nhost:${endpoint.host}\nx-amz-date:${time}\n\nhost;x-amz-date\n${hash}`;
    const scope = `${day}/us-east-1/ses/aws4_request`;
    const digest = createHash('sha256').update(canonical).digest('hex');
    const signature = createHmac('sha256', keyOf(day)).update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${digest}`).digest('hex');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': body.length,
      'x-amz-date': time,
      authorization: `AWS4-HMAC-SHA256 Credential=benchmark/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    };
    return new Promise<void>((resolve, reject) => {
      const sent = request(endpoint, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', resolve);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  };
}
