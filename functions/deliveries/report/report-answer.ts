import { type DeliveryReport, type ProviderCounts, reachOf } from '../../digests/delivery-report.ts';
import type { Digest } from '../../digests/digest.ts';
import type { WishKind } from '../../digests/wishes/wish.ts';
import { costOf, type DeliveryCost } from './delivery-cost.ts';
import { topProviders } from './provider-figures.ts';

/** A report as people and programs read it. */
export type ReportAnswer = Omit<DeliveryReport, 'sending' | 'byProvider' | 'onlyBlocked'> & {
  /** How many readers would be planned again or mailed again, at most. */
  again: Record<WishKind, number>;
  /** At most ten rows; the last one, `other`, has everybody else. */
  byProvider: ProviderCounts[];
  /** ISO 8601, or null for what has not happened. */
  timings: { firstClaim: string | null; firstAcceptance: string | null; lastAcceptance: string | null; done: string | null };
  /** Mails a second, while it was sending; `achieved` is null where it was too short to tell. */
  rate: { granted: number | null; achieved: number | null; sendingSeconds: number; throttled: number };
  cost: DeliveryCost;
};

export function reportAnswer(digest: Pick<Digest, 'startedAt' | 'endedAt'>, report: DeliveryReport): ReportAnswer {
  const { sending, byProvider, onlyBlocked: _, ...figures } = report;
  const { firstAcceptance, lastAcceptance, granted, achieved, seconds, throttled } = sending;
  return {
    ...figures,
    again: reachOf(report),
    byProvider: topProviders(byProvider),
    timings: { firstClaim: digest.startedAt ?? null, firstAcceptance, lastAcceptance, done: digest.endedAt ?? null },
    rate: { granted, achieved, sendingSeconds: seconds, throttled },
    cost: costOf(report),
  };
}
