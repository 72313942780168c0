import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { keys } from '../../../functions/platform/keys.ts';
import { MemoryDatabase } from '../../simulation/dynamodb/memory-database.ts';
import { MeteredDatabase } from './metered-database.ts';

// The table, the queues and the secrets of a benchmark, in a process of their own and over HTTP, as AWS is. Queues never
// bring a message back: nothing fails here.

/** A page of a query ends at 1 MB; so many of our readers are that. */
const readersPerPage = 3_800;
const commands = { BatchGetItemCommand, DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand };

let database = new MemoryDatabase({ pageItems: readersPerPage });
let metered = new MeteredDatabase(database);
const queues = new Map<string, { messages: string[]; waiting: (() => void)[] }>();
let queueRequests: Record<string, number> = {};

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => void answer(String(request.headers['x-amz-target']), Buffer.concat(chunks).toString()));

  async function answer(target: string, text: string) {
    const [service = '', action = ''] = target.split('.');
    try {
      const result = await resultOf(service, action, JSON.parse(text || '{}', bytesFromBase64));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(result, base64FromBytes));
    } catch (error) {
      const { name, message } = error as Error;
      response
        .writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message }));
    }
  }
}).listen(0, '127.0.0.1', function (this: { address(): AddressInfo | string | null }) {
  process.send?.({ port: (this.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit());

async function resultOf(service: string, action: string, input: Record<string, unknown>): Promise<object> {
  if (service.startsWith('DynamoDB')) {
    const Command = commands[`${action}Command` as keyof typeof commands];
    return metered.execute(new (Command as new (input: unknown) => object)(input));
  }
  if (service === 'AmazonSQS') return queueAnswer(action, input);
  if (service === 'secretsmanager') return { SecretString: JSON.stringify({ current: 'k1', k1: 'k'.repeat(64) }) };
  if (action === 'fill') return fill(input as { readers: number; locale: string });
  if (action === 'meter') return { table: Object.fromEntries(metered.meter), queues: queueRequests };
  throw new Error(`Nobody answers ${service}.${action}.`);
}

/** Starts again, with this many confirmed readers. */
function fill({ readers, locale }: { readers: number; locale: string }) {
  database = new MemoryDatabase({ pageItems: readersPerPage });
  metered = new MeteredDatabase(database);
  // A worker that still waits at an old queue asks again at the new one.
  for (const { waiting } of queues.values()) for (const resume of waiting) resume();
  queues.clear();
  queueRequests = {};
  for (let n = 0; n < readers; n += 1) {
    const id = createHash('sha256').update(String(n)).digest('hex').slice(0, 32);
    const reader = { state: 'confirmed', address: `reader${n}@mail${n % 7}.example.org`, locale, topics: [], nonce: 'nonce-nonce-' };
    database.write(marshall({ ...keys.subscriber(id), ...reader, confirmedAt: '2026-11-01T00:00:00.000Z' }));
  }
  return {};
}

async function queueAnswer(action: string, input: Record<string, unknown>): Promise<object> {
  const url = String(input.QueueUrl);
  const queue = queues.get(url) ?? { messages: [], waiting: [] };
  queues.set(url, queue);
  queueRequests[action] = (queueRequests[action] ?? 0) + 1;
  const put = (body: string) => {
    queue.messages.push(body);
    queue.waiting.shift()?.();
    return { MessageId: String(Math.random()), MD5OfMessageBody: md5(body) };
  };
  if (action === 'SendMessage') return put(String(input.MessageBody));
  if (action === 'SendMessageBatch') {
    const entries = input.Entries as { Id: string; MessageBody: string }[];
    return { Successful: entries.map(({ Id, MessageBody }) => ({ Id, ...put(MessageBody) })) };
  }
  if (action === 'ReceiveMessage') {
    const patience = Number(input.WaitTimeSeconds ?? 0) * 1_000;
    if (queue.messages.length === 0 && patience > 0)
      await new Promise<void>((resolve) => {
        queue.waiting.push(resolve);
        setTimeout(resolve, patience);
      });
    const bodies = queue.messages.splice(0, Number(input.MaxNumberOfMessages ?? 1));
    return { Messages: bodies.map((Body) => ({ MessageId: String(Math.random()), ReceiptHandle: 'r', Body, MD5OfBody: md5(Body) })) };
  }
  return { Attributes: { ApproximateNumberOfMessages: String(queue.messages.length), ApproximateNumberOfMessagesDelayed: '0' } };
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function bytesFromBase64(name: string, value: unknown) {
  return name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;
}

function base64FromBytes(this: unknown, name: string, value: unknown) {
  const own = (this as Record<string, unknown>)[name];
  return own instanceof Uint8Array ? Buffer.from(own).toString('base64') : value;
}
