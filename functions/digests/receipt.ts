import * as z from 'zod';
import { AwsCalls, noCalls } from '../platform/metering/aws-calls.ts';

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
  /** Not mailed yet, of those whose address a worker has read: held back, or interrupted. */
  waiting: Count.default(0),
});
export type ProviderFigures = z.infer<typeof ProviderFigures>;

/** How the sending went, by the clocks of those who did it. Nothing of it decides about an outcome. */
export const Sending = z.object({
  firstAcceptance: z.iso.datetime().nullable(),
  lastAcceptance: z.iso.datetime().nullable(),
  /** In which mails were handed over; pauses and holds are not among them. */
  seconds: z.number(),
  /** Mails a second: what SES allowed, and what came of it. */
  granted: z.number().nullable(),
  achieved: z.number().nullable(),
  /** Times that SES said "too fast". */
  throttled: Count,
  calls: AwsCalls,
});
export type Sending = z.infer<typeof Sending>;

const notSent: Sending = {
  firstAcceptance: null,
  lastAcceptance: null,
  seconds: 0,
  granted: null,
  achieved: null,
  throttled: 0,
  calls: { ...noCalls },
};

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
  /** Whether orders, evidence and what was planned fit together, and if not, what does not. */
  addsUp: z.boolean().default(true),
  discrepancy: z.string().nullable().default(null),
  sending: Sending.default(notSent),
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
  addsUp: true,
  discrepancy: null,
  sending: notSent,
});
