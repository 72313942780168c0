import { FanOutMessage } from '../digests/digest-messages.ts';
import { awsMeter } from '../platform/metering/aws-meter.ts';
import { each, queueHandler } from '../platform/queue-handler.ts';
import { fanOutServices } from './deliveries-services.ts';
import { fanOutDigest } from './fan-out-digest.ts';

const services = fanOutServices();

const planAll = each<FanOutMessage>((message, { remainingMilliseconds }) => fanOutDigest(message, services, remainingMilliseconds));

export const handler = queueHandler(FanOutMessage, (received, invocation) => awsMeter.during(() => planAll(received, invocation)));
