import { each, queueHandler } from '../platform/queue-handler.ts';
import { ConfirmationMessage } from './request-subscription.ts';
import { sendConfirmation } from './send-confirmation.ts';
import { confirmationServices } from './subscribers-services.ts';

/** Sign-ups come in here; each is booked and answered by mail. */
export const handler = queueHandler(
  ConfirmationMessage,
  each(async (message) => sendConfirmation(message, await confirmationServices())),
);
