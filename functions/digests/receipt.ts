import * as z from 'zod';

const Count = z.number().int();

/** What became of the mails to one mailbox provider (`functions/mail/mailbox-provider.ts`). */
export const ProviderFigures = z.object({
  provider: z.string(),
  submitted: Count,
  unknown: Count,
  delivered: Count,
  bounced: Count,
  blocked: Count,
  complained: Count,
  delayed: Count,
});
export type ProviderFigures = z.infer<typeof ProviderFigures>;

/** The account of a digest: audience = submitted + skipped + rejected + unknown + open. */
export const Receipt = z.object({
  audience: Count,
  submitted: Count,
  /** By reason: `left`, `failed`, `cancelled`. */
  skipped: z.record(z.string(), Count),
  rejected: Count,
  unknown: Count,
  open: Count,
  resent: Count,
  duplicated: Count,
  delivered: Count,
  bounced: Count,
  /** Refused for policy, rate or content; receipts from before blocks were told apart have none. */
  blocked: Count.default(0),
  complained: Count,
  /** Still on their way: SES goes on trying. */
  delayed: Count.default(0),
  /** Who was mailed, by mailbox provider, most mails first. */
  byProvider: z.array(ProviderFigures).default([]),
});
export type Receipt = z.infer<typeof Receipt>;

/** The account of a digest that nobody has been counted for yet. */
export const emptyReceipt = (): Receipt => ({
  audience: 0,
  submitted: 0,
  skipped: {},
  rejected: 0,
  unknown: 0,
  open: 0,
  resent: 0,
  duplicated: 0,
  delivered: 0,
  bounced: 0,
  blocked: 0,
  complained: 0,
  delayed: 0,
  byProvider: [],
});
