import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { faultOf, logger } from '../platform/logger.ts';
import { feedbackServices } from './feedback-services.ts';
import { recordSesEvents } from './record-ses-events.ts';

const services = feedbackServices();

export const handler = middy(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const { failed } = await recordSesEvents(
    Records.map(({ messageId, body }) => ({ id: messageId, body })),
    services,
  );
  if (failed.length > 0)
    logger.error('Events could not be recorded and will come back', { messages: failed.length, fault: faultOf(failed[0]?.error) });
  return { batchItemFailures: failed.map(({ id }) => ({ itemIdentifier: id })) };
});
