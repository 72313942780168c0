import { ChangeMessageVisibilityBatchCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';
import type { LocalStack } from '../local-stack.ts';
import type { Resource } from '../template.ts';
import { read } from '../template.ts';
import { startFauxqsHere } from './start-fauxqs.ts';

/** How full a queue is: what waits, what a consumer has, what may not be seen yet, and how much of that may within a minute. */
export type QueueDepth = { queue: string; visible: number; inFlight: number; delayed: number; soon: number; deadLetters: boolean };

/** Attributes of a queue that CloudFormation and SQS call by the same name. */
const queueAttributes = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
];

const nameIn = (arn: string) => arn.split(':').at(-1) ?? arn;

/**
 * SQS, SNS and S3 on this machine, by fauxqs: in memory, or in a SQLite file that a killed process leaves whole. Its
 * `ChangeMessageVisibility(0)` fails with a file; here nothing comes back sooner than a second from now.
 */
export class Queues {
  readonly endpoint: string;
  /** SQS as it is reached from this process. */
  readonly client: SQSClient;
  readonly #server: FauxqsServer;
  readonly #names: string[] = [];
  readonly #deadLetterQueues = new Set<string>();

  private constructor(server: FauxqsServer, region: string) {
    this.#server = server;
    this.endpoint = `http://127.0.0.1:${server.port}`;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    // Nothing is lost on the way from this process to itself, so no message is hashed again. The gate at the queues' own address is for
    // functions.
    this.client = new SQSClient({ endpoint: this.endpoint, region, credentials, md5: false, useQueueUrlAsEndpoint: false });
  }

  static async start({ region, path }: { region: string; path?: string | undefined }): Promise<Queues> {
    return new Queues(await startFauxqsHere({ defaultRegion: region, ...(path && { dataDir: path }) }), region);
  }

  /** Makes the template's queues, topics, subscriptions and buckets; those from an earlier run keep what is in them. */
  async create(stack: LocalStack) {
    for (const queue of stack.ofType('AWS::SQS::Queue')) await this.#createQueue(stack, queue);
    for (const { logicalId } of stack.ofType('AWS::SNS::Topic')) {
      const { TopicName: name = logicalId } = stack.identity(logicalId).attributes;
      // Made each time: subscriptions of an earlier template would deliver twice.
      this.#server.deleteTopic(name);
      this.#server.createTopic(name);
    }
    for (const { logicalId, properties } of stack.ofType('AWS::SNS::Subscription')) {
      const protocol = read.text(properties, 'Protocol');
      // Where alarms are mailed to; nothing raises one here.
      if (protocol === 'email') continue;
      if (protocol !== 'sqs') throw new Error(`${logicalId}: the local run only knows subscriptions of queues, not ${protocol}.`);
      const raw = read.text(properties, 'RawMessageDelivery') ?? 'false';
      const [topic, queue] = [nameIn(read.text(properties, 'TopicArn') ?? ''), nameIn(read.text(properties, 'Endpoint') ?? '')];
      this.#server.subscribe({ topic, queue, attributes: { RawMessageDelivery: raw } });
    }
    for (const { logicalId } of stack.ofType('AWS::S3::Bucket')) this.#server.setup({ buckets: [stack.identity(logicalId).ref] });
  }

  async #createQueue(stack: LocalStack, { logicalId, properties }: Resource) {
    const { QueueName: name = logicalId } = stack.identity(logicalId).attributes;
    const attributes: Record<string, string> = {};
    for (const attribute of queueAttributes) {
      const value = read.text(properties, attribute);
      if (value !== undefined) attributes[attribute] = value;
    }
    const redrive = read.object(properties, 'RedrivePolicy');
    const deadLetterTarget = read.text(redrive, 'deadLetterTargetArn');
    if (deadLetterTarget) {
      attributes.RedrivePolicy = JSON.stringify({
        deadLetterTargetArn: deadLetterTarget,
        maxReceiveCount: read.number(redrive, 'maxReceiveCount') ?? 3,
      });
      this.#deadLetterQueues.add(nameIn(deadLetterTarget));
    }
    this.#names.push(name);
    const change = new SetQueueAttributesCommand({ QueueUrl: stack.identity(logicalId).ref, Attributes: attributes });
    if (this.#server.inspectQueue(name)) await this.client.send(change);
    else this.#server.createQueue(name, { attributes });
  }

  /** A queue that only takes what failed elsewhere, such as a schedule's: what lies in it is not under way. */
  markDeadLetters(queueArn: string) {
    this.#deadLetterQueues.add(nameIn(queueArn));
  }

  send(queueArn: string, body: string) {
    this.#server.sendMessage(nameIn(queueArn), body);
  }

  publish(topicArn: string, message: string, subject?: string) {
    this.#server.publish(nameIn(topicArn), message, subject ? { subject } : {});
  }

  /** Time has passed for messages in consumers' hands, too: they come back by so much sooner. */
  async clockMoved(milliseconds: number) {
    if (milliseconds <= 0) return;
    for (const name of this.#names) {
      const { url, messages } = this.#server.inspectQueue(name) ?? {};
      const inHand = (messages?.inflight ?? []).map(({ receiptHandle, visibilityDeadline }, n) => ({
        Id: String(n),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: Math.max(1, Math.ceil((visibilityDeadline - milliseconds - Date.now()) / 1_000)),
      }));
      for (const Entries of inTens(inHand)) await this.client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
    }
  }

  depths(): QueueDepth[] {
    return this.#names.map((name) => {
      const { ready = [], inflight = [], delayed = [] } = this.#server.inspectQueue(name)?.messages ?? {};
      const deadLetters = this.#deadLetterQueues.has(name);
      const soon = delayed.filter(({ delayUntil = 0 }) => delayUntil <= Date.now() + 60_000).length;
      return { queue: name, visible: ready.length, inFlight: inflight.length, delayed: delayed.length, soon, deadLetters };
    });
  }

  async close() {
    this.client.destroy();
    await this.#server.stop();
  }
}

/** SQS takes ten entries to a request. */
export const inTens = <Entry>(entries: readonly Entry[]): Entry[][] =>
  Array.from({ length: Math.ceil(entries.length / 10) }, (_, n) => entries.slice(n * 10, n * 10 + 10));
