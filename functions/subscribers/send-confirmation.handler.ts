import * as z from 'zod';
import { each, queueHandler } from '../platform/queue-handler.ts';
import { AccountMailMessage, sendAccountMail } from './account/account-mail.ts';
import { ConfirmationMessage } from './request-subscription.ts';
import { sendConfirmation } from './send-confirmation.ts';
import { confirmationServices } from './subscribers-services.ts';
import { sendWelcome } from './welcome/send-welcome.ts';
import { WelcomeMessage } from './welcome/welcome-message.ts';

/**
 * Sign-ups come in here, each is booked and answered by mail; so do readers who have just confirmed, where they are
 * welcomed, and what readers ask for on the page of their subscription.
 */
export const handler = queueHandler(
  z.union([WelcomeMessage, AccountMailMessage, ConfirmationMessage]),
  each(async (message) => {
    const services = await confirmationServices();
    if (!('kind' in message)) return sendConfirmation(message, services);
    return message.kind === 'welcome' ? sendWelcome(message, services) : sendAccountMail(message, services);
  }),
);
