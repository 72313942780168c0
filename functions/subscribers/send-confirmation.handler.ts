import * as z from 'zod';
import { each, queueHandler } from '../platform/queue-handler.ts';
import { ConfirmationMessage } from './request-subscription.ts';
import { sendConfirmation } from './send-confirmation.ts';
import { confirmationServices } from './subscribers-services.ts';
import { sendWelcome } from './welcome/send-welcome.ts';
import { WelcomeMessage } from './welcome/welcome-message.ts';

/** Sign-ups come in here; each is booked and answered by mail. So do readers who have just confirmed, where they are welcomed. */
export const handler = queueHandler(
  z.union([WelcomeMessage, ConfirmationMessage]),
  each(async (message) => {
    const services = await confirmationServices();
    return 'kind' in message ? sendWelcome(message, services) : sendConfirmation(message, services);
  }),
);
