import { FanOutMessage } from '../digests/digest-messages.ts';
import { each, queueHandler } from '../platform/queue-handler.ts';
import { fanOutServices } from './deliveries-services.ts';
import { fanOutDigest } from './fan-out-digest.ts';

const services = fanOutServices();

export const handler = queueHandler(
  FanOutMessage,
  each((message, { remainingMilliseconds }) => fanOutDigest(message, services, remainingMilliseconds)),
);
