import middy from '@middy/core';
import type { SQSEvent } from 'aws-lambda';
import { type Failures, partialFailures } from '../platform/queue-handler.ts';
import { feedbackServices } from './feedback-services.ts';
import { recordSesEvents } from './record-ses-events.ts';

const services = feedbackServices();

export const handler = middy(
  ({ Records }: SQSEvent): Promise<Failures> =>
    recordSesEvents(
      Records.map(({ messageId, body }) => ({ id: messageId, body })),
      services,
    ),
).use(partialFailures());
