import middy from '@middy/core';
import type { SQSEvent } from 'aws-lambda';
import { noteReceipts } from '../deliveries/event-channel/event-receipts.ts';
import { type Failures, partialFailures } from '../platform/queue-handler.ts';
import { table } from '../platform/table.ts';
import { feedbackServices } from './feedback-services.ts';
import { recordSesEvents } from './record-ses-events.ts';

const services = feedbackServices();

export const handler = middy(async ({ Records }: SQSEvent): Promise<Failures> => {
  const messages = Records.map(({ messageId, body }) => ({ id: messageId, body }));
  await noteReceipts(
    messages.map(({ body }) => body),
    services.now(),
    table(),
  );
  return recordSesEvents(messages, services);
}).use(partialFailures());
