import * as z from 'zod';
import { AccountMailMessage } from '../account/account-mail.ts';
import { ConfirmationMessage } from '../request-subscription.ts';
import { WelcomeMessage } from '../welcome/welcome-message.ts';

/** A mail that one person waits for, and how often it was put back for a moment. */
export const RequestedMail = z
  .union([WelcomeMessage, AccountMailMessage, ConfirmationMessage])
  .and(z.object({ tries: z.int().min(0).default(0) }));
export type RequestedMail = z.infer<typeof RequestedMail>;
