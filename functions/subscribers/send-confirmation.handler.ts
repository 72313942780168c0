import { each, queueHandler } from '../platform/queue-handler.ts';
import { sendAccountMail } from './account/account-mail.ts';
import { RequestedMail } from './requested-mails/requested-mail.ts';
import { orSoonAgain } from './requested-mails/soon-again.ts';
import { sendConfirmation } from './send-confirmation.ts';
import { confirmationServices } from './subscribers-services.ts';
import { sendWelcome } from './welcome/send-welcome.ts';

/**
 * Sign-ups come in here, each is booked and answered by mail; so do readers who have just confirmed, where they are
 * welcomed, and what readers ask for on the page of their subscription.
 */
export const handler = queueHandler(
  RequestedMail,
  each(async (message) => {
    const services = await confirmationServices();
    const work = () => {
      if (!('kind' in message)) return sendConfirmation(message, services);
      return message.kind === 'welcome' ? sendWelcome(message, services) : sendAccountMail(message, services);
    };
    return orSoonAgain(message, work, services);
  }),
);
