import type { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { maxLineage } from '../../../functions/platform/process/lineage.ts';
import { SqsQueue } from '../../../functions/platform/queue.ts';
import { each, queueHandler } from '../../../functions/platform/queue-handler.ts';

const Message = z.object({ n: z.number() });

/** A queue whose messages come back as Lambda hands them over, and a function that puts each back once. */
function circle() {
  const waiting: SQSRecord[] = [];
  const record = (body?: string, attributes?: Record<string, { StringValue?: string | undefined }>): SQSRecord =>
    ({
      messageId: String(waiting.length),
      body,
      messageAttributes: Object.fromEntries(
        Object.entries(attributes ?? {}).map(([name, { StringValue }]) => [name, { stringValue: StringValue, dataType: 'Number' }]),
      ),
    }) as SQSRecord;
  const send = async ({ input }: SendMessageCommand | SendMessageBatchCommand) => {
    const entries = 'Entries' in input ? (input.Entries ?? []) : [input as SendMessageCommand['input']];
    waiting.push(...entries.map(({ MessageBody, MessageAttributes }) => record(MessageBody, MessageAttributes)));
    return {};
  };
  const queue = new SqsQueue<{ n: number }>('work', { send } as unknown as Pick<SQSClient, 'send'>);
  const handler = queueHandler(
    Message,
    each(async ({ n }) => {
      await queue.send({ n: n + 1 });
      await queue.sendAll([]);
    }),
  );
  const turn = async () =>
    (await handler(
      { Records: waiting.splice(0, 1) } as SQSEvent,
      { getRemainingTimeInMillis: () => 1_000 } as never,
      undefined as never,
    )) as unknown as {
      batchItemFailures: unknown[];
    };
  return { queue, waiting, turn };
}

const lineageOf = (record: SQSRecord | undefined) => Number(record?.messageAttributes.Lineage?.stringValue);

test('every message says how many messages in a row led to it', async () => {
  const { queue, waiting, turn } = circle();
  await queue.send({ n: 0 });
  const lineages = [lineageOf(waiting[0])];

  for (let n = 0; n < 20; n += 1) {
    await turn();
    lineages.push(lineageOf(waiting[0]));
  }

  expect(lineages).toEqual(Array.from({ length: 21 }, (_, n) => n + 1));
});

test('work that goes round in a circle ends among the dead letters', async () => {
  const { queue, waiting, turn } = circle();
  await queue.send({ n: 0 });
  const [first] = waiting;
  if (first?.messageAttributes.Lineage) first.messageAttributes.Lineage.stringValue = String(maxLineage);

  const last = await turn();
  const refused = await turn();

  expect(last.batchItemFailures).toEqual([]);
  expect(refused.batchItemFailures).toHaveLength(1);
  expect(waiting).toEqual([]);
});
