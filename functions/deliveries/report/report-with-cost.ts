import type { DeliveryReport, ProviderCounts } from '../../digests/delivery-report.ts';
import { costOf } from './delivery-cost.ts';
import { topProviders } from './provider-figures.ts';

/** A report as editors are mailed it: with at most ten rows of providers, and what planning and sending cost at list prices. */
export const reportWithCost = (report: DeliveryReport): { report: DeliveryReport; providers: ProviderCounts[]; usd: number } => ({
  report,
  providers: topProviders(report.byProvider),
  usd: costOf(report).usd,
});
