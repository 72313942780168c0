import { each, queueHandler } from '../platform/queue-handler.ts';
import { importServices } from './imports-services.ts';
import { ImportWork } from './reader-import.ts';
import { workOnImport } from './work-on-import.ts';

/** Lists come in here: looked at first, and once an editor has started them, taken in. */
export const handler = queueHandler(
  ImportWork,
  each(async (message, invocation) => workOnImport(message, { ...(await importServices()), ...invocation })),
);
