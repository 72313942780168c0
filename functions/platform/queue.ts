import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

import { awsMeter } from './metering/aws-meter.ts';
import { lineageAttribute, nextLineage } from './process/lineage.ts';

/** Somewhere to put wake-ups. The ledger is the truth, so a message that comes twice or never loses nobody. */
export interface Queue<Message> {
  /** Delivered at once, or `delaySeconds` later (SQS allows up to 900). */
  send(message: Message, options?: { delaySeconds?: number }): Promise<void>;
  sendAll(messages: readonly Message[]): Promise<void>;
}

/** A queue that a worker takes messages off by itself, beside those that Lambda brings it. */
export interface OwnQueue<Message> extends Queue<Message> {
  /** Up to ten messages that wait, which nobody else gets until the queue's visibility time-out; waits a second for one. */
  receive(): Promise<{ body: string; receipt: string }[]>;
  delete(receipt: string): Promise<void>;
}

const requestsAtOnce = 8;

let shared: SQSClient | undefined;

const sent = (message: unknown) => ({
  MessageBody: JSON.stringify(message),
  MessageAttributes: { [lineageAttribute]: { DataType: 'Number', StringValue: String(nextLineage()) } },
});

/** An SQS standard queue whose bodies are JSON. */
export class SqsQueue<Message> implements OwnQueue<Message> {
  readonly #url: string;
  readonly #client: Pick<SQSClient, 'send'>;
  constructor(url: string, client?: Pick<SQSClient, 'send'>) {
    this.#url = url;
    shared ??= awsMeter.queue(new SQSClient({}));
    this.#client = client ?? shared;
  }

  async send(message: Message, { delaySeconds = 0 }: { delaySeconds?: number } = {}) {
    await this.#client.send(new SendMessageCommand({ QueueUrl: this.#url, DelaySeconds: delaySeconds, ...sent(message) }));
  }

  /**
   * Ten to a request, as SQS takes them, and several requests at once, since a large digest has twenty thousand batches. One that SQS
   * refuses is an error, because it would be lost; all others are sent all the same.
   */
  async sendAll(messages: readonly Message[]) {
    const batches = Array.from({ length: Math.ceil(messages.length / 10) }, (_, n) => messages.slice(n * 10, n * 10 + 10)).values();
    const lane = async () => {
      for (const batch of batches) await this.#sendBatch(batch);
    };
    const lanes = await Promise.allSettled(Array.from({ length: requestsAtOnce }, lane));
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  }

  async #sendBatch(messages: readonly Message[]) {
    const answer = await this.#client.send(
      new SendMessageBatchCommand({
        QueueUrl: this.#url,
        Entries: messages.map((message, n) => ({ Id: String(n), ...sent(message) })),
      }),
    );
    const failed = answer.Failed ?? [];
    if (failed.length > 0) throw new Error(`SQS refused ${failed.length} of ${messages.length} messages: ${failed[0]?.Code}`);
  }

  async receive() {
    const { Messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({ QueueUrl: this.#url, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    return Messages.map(({ Body: body = '', ReceiptHandle: receipt = '' }) => ({ body, receipt }));
  }

  async delete(receipt: string) {
    await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#url, ReceiptHandle: receipt }));
  }

  /** About how many messages wait, now or later; those that a worker holds do not count. */
  waiting(): Promise<number> {
    return this.#count('ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesDelayed');
  }

  /** Whether there is no message at all, not even in a worker's hands. */
  async isDrained(): Promise<boolean> {
    const all = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesDelayed', 'ApproximateNumberOfMessagesNotVisible'] as const;
    return (await this.#count(...all)) === 0;
  }

  /** An attribute that is not told counts as a message. */
  async #count(...names: QueueAttributeName[]): Promise<number> {
    const { Attributes = {} } = await this.#client.send(new GetQueueAttributesCommand({ QueueUrl: this.#url, AttributeNames: names }));
    return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 1), 0);
  }
}
