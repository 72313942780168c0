import * as z from 'zod';
import { each, queueHandler } from '../platform/queue-handler.ts';
import { AccountMailMessage, sendAccountMail } from './account/account-mail.ts';
import { ConfirmationMessage } from './request-subscription.ts';
import { sendConfirmation } from './send-confirmation.ts';
import { confirmationServices } from './subscribers-services.ts';

/** Sign-ups come in here, each is booked and answered by mail; and what readers ask for on the page of their subscription. */
export const handler = queueHandler(
  z.union([AccountMailMessage, ConfirmationMessage]),
  each(async (message) => {
    const services = await confirmationServices();
    return 'kind' in message ? sendAccountMail(message, services) : sendConfirmation(message, services);
  }),
);
