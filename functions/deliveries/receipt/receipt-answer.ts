import type { Digest } from '../../digests/digest.ts';
import type { ProviderFigures, Receipt } from '../../digests/receipt.ts';
import { costOf, type DeliveryCost } from './delivery-cost.ts';
import { topProviders } from './provider-figures.ts';

/** A receipt as people and programs read it. */
export type ReceiptAnswer = Omit<Receipt, 'sending' | 'byProvider'> & {
  /** At most ten rows; the last one, `other`, has everybody else. */
  byProvider: ProviderFigures[];
  /** ISO 8601, or null for what has not happened. */
  timings: { firstClaim: string | null; firstAcceptance: string | null; lastAcceptance: string | null; done: string | null };
  /** Mails a second, while it was sending; `achieved` is null where it was too short to tell. */
  rate: { granted: number | null; achieved: number | null; sendingSeconds: number; throttled: number };
  cost: DeliveryCost;
};

export function receiptAnswer(digest: Pick<Digest, 'startedAt' | 'endedAt'>, receipt: Receipt): ReceiptAnswer {
  const { sending, byProvider, ...figures } = receipt;
  const { firstAcceptance, lastAcceptance, granted, achieved, seconds, throttled } = sending;
  return {
    ...figures,
    byProvider: topProviders(byProvider),
    timings: { firstClaim: digest.startedAt ?? null, firstAcceptance, lastAcceptance, done: digest.endedAt ?? null },
    rate: { granted, achieved, sendingSeconds: seconds, throttled },
    cost: costOf(receipt),
  };
}
