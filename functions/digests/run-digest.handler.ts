import { each, queueHandler } from '../platform/queue-handler.ts';
import { assembleDigest } from './assemble-digest.ts';
import { RunDigestMessage } from './digest-messages.ts';
import { assemblyServices } from './digests-services.ts';

const services = assemblyServices();

export const handler = queueHandler(
  RunDigestMessage,
  each((message) => assembleDigest(message, services)),
);
