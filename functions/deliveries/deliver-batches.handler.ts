import { awsMeter } from '../platform/metering/aws-meter.ts';
import { queueHandler } from '../platform/queue-handler.ts';
import { deliver } from './deliver.ts';
import { deliverBatches } from './deliver-batches.ts';
import { deliveryServices } from './deliveries-services.ts';
import { BatchMessage } from './reader-batch.ts';

const services = deliveryServices();

export const handler = queueHandler(BatchMessage, (received, { remainingMilliseconds }) =>
  awsMeter.during(() =>
    deliverBatches(
      received,
      { ...services, deliver: (message) => deliver(message, services, remainingMilliseconds) },
      remainingMilliseconds,
    ),
  ),
);
