import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { jsonText } from './json-text.ts';
import { faultOf, logger } from './logger.ts';

/** What of a Lambda invocation a consumer may lean on. */
export type Invocation = { remainingMilliseconds: () => number };

export type ReceivedMessage<Message> = { id: string; message: Message };

/**
 * An SQS consumer. Messages that do not parse and messages whose work throws are answered by their own id as failed,
 * so that only they come back and, at last, reach the dead letters; nothing is matched by position.
 */
export function queueHandler<Shape extends z.ZodType>(
  shape: Shape,
  consume: (messages: ReceivedMessage<z.output<Shape>>[], invocation: Invocation) => Promise<{ failed: { id: string; error: unknown }[] }>,
) {
  const body = jsonText(shape);
  return middy(async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const received: ReceivedMessage<z.output<Shape>>[] = [];
    const failed: { id: string; error: unknown }[] = [];
    for (const record of event.Records) {
      const parsed = body.safeParse(record.body);
      if (parsed.success) received.push({ id: record.messageId, message: parsed.data });
      else failed.push({ id: record.messageId, error: new Error(`A message that cannot be read: ${issuePaths(parsed.error)}`) });
    }
    failed.push(...(await consume(received, { remainingMilliseconds: () => context.getRemainingTimeInMillis() })).failed);
    for (const { id, error } of failed) logger.error('A message failed and will come back', { messageId: id, fault: faultOf(error) });
    return { batchItemFailures: failed.map(({ id }) => ({ itemIdentifier: id })) };
  });
}

/** Does the work of each message on its own, so that one fault fails one message. */
export const each =
  <Message>(work: (message: Message, invocation: Invocation) => Promise<unknown>) =>
  async (messages: ReceivedMessage<Message>[], invocation: Invocation) => {
    const settled = await Promise.allSettled(messages.map(({ message }) => work(message, invocation)));
    return {
      failed: settled.flatMap((result, n) => (result.status === 'rejected' ? [{ id: messages[n]?.id ?? '', error: result.reason }] : [])),
    };
  };

/** Paths and codes only: a value could be somebody's address. */
const issuePaths = (error: z.ZodError) => error.issues.map((issue) => `${issue.path.join('.') || 'body'} ${issue.code}`).join(', ');
