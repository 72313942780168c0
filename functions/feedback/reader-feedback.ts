import * as z from 'zod';

const feedbackKinds = ['dead', 'unexplained', 'blocked', 'soft', 'complaint', 'not-spam'] as const;

/** What a mailbox, or its owner, said of one mail to one reader. No address is in it. */
export const ReaderFeedback = z.object({
  kind: z.enum(feedbackKinds),
  /** Of a bounce when its mail was sent, however late it comes; of a complaint when somebody complained. */
  at: z.iso.datetime(),
  messageId: z.string(),
  /** The digest of the mail, or what kind of mail it was. */
  digest: z.string().optional(),
  mail: z.string().default(''),
  /** SES's own names, also those we do not know. */
  type: z.string().default(''),
  subType: z.string().default(''),
  status: z.string().default(''),
  /** The provider's words, addresses masked. */
  words: z.string().default(''),
});
export type ReaderFeedback = z.infer<typeof ReaderFeedback>;
