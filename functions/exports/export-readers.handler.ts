import { each, queueHandler } from '../platform/queue-handler.ts';
import { exportReaders } from './export-readers.ts';
import { exportServices } from './exports-services.ts';
import { ExportMessage } from './reader-export.ts';

/** Exports come in here; each is written part by part. */
export const handler = queueHandler(
  ExportMessage,
  each(async (message, invocation) => exportReaders(message, { ...(await exportServices()), ...invocation })),
);
