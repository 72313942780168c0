import { setTimeout as pause } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LocalStack } from '../../local-stack.ts';
import type { Resource } from '../../template.ts';
import { read } from '../../template.ts';
import { inTens } from '../queues.ts';
import type { FunctionLog } from './function-log.ts';
import type { LocalFunction } from './local-function.ts';

type Mapping = {
  queueUrl: string;
  queueArn: string;
  region: string;
  target: LocalFunction;
  batchSize: number;
  windowMs: number;
  concurrency: number;
  reportsFailures: boolean;
};

type ReceivedMessage = Message & { MessageId: string; Body: string };

/** A window only saves invocations; here nobody pays for them, and a person watches a report fill. */
const longestWindowMs = 300;

/** A poller leaves room for the rest of the event below Lambda's 6 MB. */
const batchBytes = 5 * 1024 * 1024;

/**
 * Lambda's SQS pollers: receives batches, hands them to the function and deletes what succeeded. What failed, or was
 * being handled when its function crashed, comes back after the queue's visibility time-out.
 */
export class EventSources {
  readonly #client: SQSClient;
  readonly #log: FunctionLog;
  readonly #stop = new AbortController();
  readonly #loops: Promise<void>[] = [];

  constructor({ client, log }: { client: SQSClient; log: FunctionLog }) {
    this.#client = client;
    this.#log = log;
  }

  start(stack: LocalStack, functions: Map<string, LocalFunction>) {
    for (const resource of stack.ofType('AWS::Lambda::EventSourceMapping')) {
      const mapping = mappingOf(resource, stack, functions);
      mapping.target.allow(mapping.concurrency);
      for (let n = 0; n < mapping.concurrency; n += 1) this.#loops.push(this.#poll(mapping));
    }
  }

  async close() {
    this.#stop.abort();
    await Promise.all(this.#loops);
  }

  async #poll(mapping: Mapping) {
    while (!this.#stop.signal.aborted) {
      try {
        const messages = await this.#gather(mapping);
        if (messages.length > 0) await this.#handle(mapping, messages);
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#log.failure(`the poller of ${mapping.target.definition.name}`, error);
        await pause(1_000);
      }
    }
  }

  async #gather({ queueUrl, batchSize, windowMs }: Mapping): Promise<ReceivedMessage[]> {
    const batch = await this.#receive(queueUrl, { max: batchSize, waitSeconds: 20 });
    const until = performance.now() + windowMs;
    let bytes = batch.reduce((sum, { Body }) => sum + Body.length, 0);
    while (batch.length > 0 && batch.length < batchSize && bytes < batchBytes) {
      const left = until - performance.now();
      if (left <= 0) break;
      for (const message of await this.#receive(queueUrl, { max: batchSize - batch.length, waitSeconds: left / 1000 })) {
        batch.push(message);
        bytes += message.Body.length;
      }
    }
    return batch;
  }

  async #receive(queueUrl: string, { max, waitSeconds }: { max: number; waitSeconds: number }): Promise<ReceivedMessage[]> {
    const asked = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(max, 10),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await this.#client.send(asked, { abortSignal: this.#stop.signal });
    return Messages.map((message) => ({ ...message, MessageId: message.MessageId ?? '', Body: message.Body ?? '' }));
  }

  async #handle(mapping: Mapping, messages: ReceivedMessage[]) {
    const failed = await this.#invoke(mapping, messages);
    const handled = messages.filter(({ MessageId }) => !failed.has(MessageId));
    const entries = handled.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
    for (const Entries of inTens(entries)) await this.#client.send(new DeleteMessageBatchCommand({ QueueUrl: mapping.queueUrl, Entries }));
  }

  /** The ids that come back. An answer that names an unknown message fails the whole batch, as in Lambda. */
  async #invoke({ target, queueArn, region, reportsFailures }: Mapping, messages: ReceivedMessage[]): Promise<Set<string>> {
    const all = new Set(messages.map(({ MessageId }) => MessageId));
    try {
      const answer = await target.invoke({ Records: messages.map((message) => sqsRecord(message, queueArn, region)) });
      if (!reportsFailures) return new Set();
      const failed = read.list(answer, 'batchItemFailures').map((failure) => read.text(failure, 'itemIdentifier') ?? '');
      return failed.every((id) => all.has(id)) ? new Set(failed) : all;
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#log.failure(target.definition.name, error);
      return all;
    }
  }
}

/** One message of an SQS event, as Lambda passes it on. */
function sqsRecord(message: ReceivedMessage, queueArn: string, region: string) {
  const messageAttributes = Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    {
      ...(StringValue !== undefined && { stringValue: StringValue }),
      ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: DataType,
    },
  ]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(messageAttributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function mappingOf({ logicalId, properties }: Resource, stack: LocalStack, functions: Map<string, LocalFunction>): Mapping {
  const queueArn = read.text(properties, 'EventSourceArn') ?? '';
  const queue = stack.ofType('AWS::SQS::Queue').find((candidate) => stack.identity(candidate.logicalId).attributes.Arn === queueArn);
  if (!queue) throw new Error(`${logicalId}: the local run only knows event source mappings of the template's own queues.`);
  const target = functionNamed(functions, read.text(properties, 'FunctionName') ?? '');
  if (!target) throw new Error(`${logicalId} names a function that is not in the template.`);
  const visibility = read.number(queue.properties, 'VisibilityTimeout') ?? 30;
  const { timeoutSeconds, name } = target.definition;
  if (visibility < 6 * timeoutSeconds)
    throw new Error(
      `${queue.logicalId}: messages of ${name} stay hidden for ${visibility} s, less than 6 × its time-out of ${timeoutSeconds} s. ` +
        'A slow function would be handed the same message twice.',
    );
  return {
    queueUrl: stack.identity(queue.logicalId).ref,
    queueArn,
    region: stack.place.region,
    target,
    batchSize: read.number(properties, 'BatchSize') ?? 10,
    windowMs: Math.min((read.number(properties, 'MaximumBatchingWindowInSeconds') ?? 0) * 1000, longestWindowMs),
    concurrency: read.number(read.object(properties, 'ScalingConfig'), 'MaximumConcurrency') ?? 2,
    reportsFailures: read.texts(properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures'),
  };
}

/** A function by its ARN, its ARN with a version or alias, or its name. */
export function functionNamed(functions: Map<string, LocalFunction>, nameOrArn: string): LocalFunction | undefined {
  const exact = functions.get(nameOrArn) ?? functions.get(nameOrArn.split(':').slice(0, 7).join(':'));
  return exact ?? [...functions.values()].find(({ definition }) => definition.arn.endsWith(`:function:${nameOrArn}`));
}
