import middy, { type MiddlewareObj } from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { jsonText } from './json-text.ts';
import { faultOf, logger } from './logger.ts';
import { lineageAttribute, maxLineage, withLineage } from './process/lineage.ts';

/** What of a Lambda invocation a consumer may lean on. */
export type Invocation = { remainingMilliseconds: () => number };

export type ReceivedMessage<Message> = { id: string; message: Message };

/** Messages whose work failed, by their own id. */
export type Failures = { failed: readonly { id: string; error: unknown }[] };

/**
 * An SQS consumer. Messages that do not parse and messages whose work throws are answered by their own id as failed,
 * so that only they come back and, at last, reach the dead letters; nothing is matched by position. So are messages that go round
 * in a circle.
 */
export function queueHandler<Shape extends z.ZodType>(
  shape: Shape,
  consume: (messages: ReceivedMessage<z.output<Shape>>[], invocation: Invocation) => Promise<Failures>,
) {
  const read = messagesIn(shape);
  return middy(async ({ Records }: SQSEvent, context: Context): Promise<Failures> => {
    const { received, unreadable } = read(Records);
    const lineage = Math.max(0, ...Records.map(lineageOf));
    const invocation = { remainingMilliseconds: () => context.getRemainingTimeInMillis() };
    const { failed } = await withLineage(lineage, () => consume(received, invocation));
    return { failed: [...unreadable, ...failed] };
  }).use(partialFailures());
}

/** Middleware: makes of the failures that a consumer returns what SQS wants to hear, and logs each without its message. */
export const partialFailures = (): MiddlewareObj<SQSEvent, Failures | SQSBatchResponse> => ({
  after: (invocation) => {
    const { failed } = invocation.response as Failures;
    for (const { id, error } of failed) logger.error('A message failed and will come back', { messageId: id, fault: faultOf(error) });
    invocation.response = { batchItemFailures: failed.map(({ id }) => ({ itemIdentifier: id })) };
  },
});

/** Does the work of each message on its own, so that one fault fails one message. */
export const each =
  <Message>(work: (message: Message, invocation: Invocation) => Promise<unknown>) =>
  async (messages: ReceivedMessage<Message>[], invocation: Invocation) => {
    const settled = await Promise.allSettled(messages.map(({ message }) => work(message, invocation)));
    return {
      failed: settled.flatMap((result, n) => (result.status === 'rejected' ? [{ id: messages[n]?.id ?? '', error: result.reason }] : [])),
    };
  };

const messagesIn = <Shape extends z.ZodType>(shape: Shape) => {
  const body = jsonText(shape);
  return (records: readonly SQSRecord[]) => {
    const received: ReceivedMessage<z.output<Shape>>[] = [];
    const unreadable: { id: string; error: Error }[] = [];
    for (const record of records) {
      const parsed = body.safeParse(record.body);
      if (lineageOf(record) > maxLineage) unreadable.push({ id: record.messageId, error: new Error(goesInCircles) });
      else if (parsed.success) received.push({ id: record.messageId, message: parsed.data });
      else unreadable.push({ id: record.messageId, error: new Error(`A message that cannot be read: ${issuePaths(parsed.error)}`) });
    }
    return { received, unreadable };
  };
};

const lineageOf = ({ messageAttributes }: SQSRecord) => Number(messageAttributes?.[lineageAttribute]?.stringValue ?? 0);

const goesInCircles = `A message is the last of more than ${maxLineage} in a row, so its work goes round in a circle.`;

/** Paths and codes only: a value could be somebody's address. */
const issuePaths = (error: z.ZodError) => error.issues.map((issue) => `${issue.path.join('.') || 'body'} ${issue.code}`).join(', ');
