import * as z from 'zod';
import { AccountMailMessage } from '../account/account-mail.ts';
import { WelcomeMessage } from '../welcome/welcome-message.ts';
import { ConfirmationMessage } from './confirmation-message.ts';

/** A mail that one person waits for, how often it was put back for a moment, and since when it has waited for SES, if it has. */
export const RequestedMail = z
  .union([WelcomeMessage, AccountMailMessage, ConfirmationMessage])
  .and(z.object({ tries: z.int().min(0).default(0), parkedSince: z.iso.datetime().optional() }));
export type RequestedMail = z.infer<typeof RequestedMail>;
