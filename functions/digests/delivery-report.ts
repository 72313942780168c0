import * as z from 'zod';
import { AwsCalls, noCalls } from '../platform/metering/aws-calls.ts';
import type { WishKind } from './wishes/wish.ts';

const Count = z.number().int();

/** The outcomes of mails to one mailbox provider (`functions/mail/mailbox-provider.ts`). */
export const ProviderCounts = z.object({
  provider: z.string(),
  submitted: Count,
  unknown: Count,
  delivered: Count,
  bounced: Count,
  blocked: Count,
  complained: Count,
  delayed: Count,
  /** Not mailed yet, of those whose address a worker has read: postponed, or interrupted. */
  waiting: Count.default(0),
});
export type ProviderCounts = z.infer<typeof ProviderCounts>;

/** How the sending went, by the workers' clocks. No outcome depends on it. */
export const Sending = z.object({
  firstAcceptance: z.iso.datetime().nullable(),
  lastAcceptance: z.iso.datetime().nullable(),
  /** Seconds in which mails were handed to SES, without pauses and holds. */
  seconds: z.number(),
  /** Mails a second: what SES allowed, and what was achieved. */
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

/** The report of a digest: audience = submitted + skipped + rejected + unknown + open. */
export const DeliveryReport = z.object({
  audience: Count,
  submitted: Count,
  /** By reason: `left`, `failed`, `provider`, `cancelled`. */
  skipped: z.record(z.string(), Count),
  rejected: Count,
  unknown: Count,
  open: Count,
  resent: Count,
  duplicated: Count,
  /** Mails that SES took because an editor had readers mailed again whose provider had refused the first one. */
  remailed: Count.default(0),
  delivered: Count,
  bounced: Count,
  /** Refused for policy, rate or content. */
  blocked: Count.default(0),
  /** Of these, readers of whom nothing else was said: they may be mailed again. */
  onlyBlocked: Count.default(0),
  complained: Count,
  /** Still on their way: SES goes on trying. */
  delayed: Count.default(0),
  /** Who was mailed, by mailbox provider, most mails first. */
  byProvider: z.array(ProviderCounts).default([]),
  /** Whether batches, evidence and what was planned fit together, and if not, what does not. */
  addsUp: z.boolean().default(true),
  discrepancy: z.string().nullable().default(null),
  sending: Sending.default(notSent),
});
export type DeliveryReport = z.infer<typeof DeliveryReport>;

/** The report of a digest for which nobody has been counted yet. */
export const emptyReport = (): DeliveryReport => ({
  audience: 0,
  submitted: 0,
  skipped: {},
  rejected: 0,
  unknown: 0,
  open: 0,
  resent: 0,
  duplicated: 0,
  remailed: 0,
  delivered: 0,
  bounced: 0,
  blocked: 0,
  onlyBlocked: 0,
  complained: 0,
  delayed: 0,
  byProvider: [],
  addsUp: true,
  discrepancy: null,
  sending: notSent,
});

/** The outcomes of readers whom SES never took a mail for, and whom another try may reach. */
export const plannableAgain = ['unknown', 'rejected', 'failed', 'provider'] as const;

/** How many readers each wish of an editor would reach at most: some may have left meanwhile. */
export const reachOf = ({
  unknown,
  rejected,
  skipped,
  onlyBlocked,
}: Pick<DeliveryReport, 'unknown' | 'rejected' | 'skipped' | 'onlyBlocked'>): Record<WishKind, number> => {
  const counts: Record<string, number> = { ...skipped, unknown, rejected };
  return { plan: plannableAgain.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0), mail: onlyBlocked };
};
