import * as z from 'zod';
import { readerLocales } from '../../words/locale.ts';
import { CountedSignUp } from '../limits/counted-sign-up.ts';

/** A sign-up on its way to `send-confirmation`. `transferAbroad` is false where the box was not shown. */
export const ConfirmationMessage = z.object({
  /** Keeps two requests of one moment apart. */
  id: z.string().default(''),
  email: z.string(),
  /** Of the page that was used, and so of our mails. */
  locale: z.enum(readerLocales),
  topics: z.array(z.string()),
  at: z.iso.datetime(),
  transferAbroad: z.boolean(),
  /** The version of the words that were agreed to, where they were ours, and the page that showed them. */
  wording: z.string().optional(),
  page: z.string().default('/'),
  /** Where the form was, by its own name for itself or the host of its site. */
  source: z.string().optional(),
  /** What the mail says it is about: a sign-up, or an earlier list on which somebody never confirmed. */
  occasion: z.enum(['sign-up', 'import']).optional(),
  /** Whose request it was, and where it counts until it is confirmed. */
  sourceAddress: z.string().optional(),
  counted: CountedSignUp.optional(),
});
export type ConfirmationMessage = z.infer<typeof ConfirmationMessage>;
