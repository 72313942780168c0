import { each, queueHandler } from '../platform/queue-handler.ts';
import { CountMessage, countFigures } from './count-figures.ts';
import { countingServices } from './figures-services.ts';

/** The daily wish, and those of editors who look. */
export const handler = queueHandler(
  CountMessage,
  each((message, invocation) => countFigures(message, { ...countingServices(), ...invocation })),
);
