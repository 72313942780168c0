import { type DeliveryReport, emptyReport } from '../../digests/delivery-report.ts';
import type { ShardPlan } from '../planning/shard-plan.ts';
import { countedPositions, type SegmentSums } from '../segments/segment-sums.ts';
import { Reconciliation } from './adds-up.ts';
import { ProviderCount } from './provider-figures.ts';
import { SendingSum } from './sending.ts';

/** A report, put together from segments in any sequence. It holds a few numbers of each, however many readers they have. */
export class ReportSum {
  readonly #report = emptyReport();
  readonly #providers = new ProviderCount();
  readonly #sending = new SendingSum();
  readonly #reconciliation = new Reconciliation();

  add(shard: string, segment: number, sums: SegmentSums) {
    const report = this.#report;
    report.audience += sums.readers;
    for (const name of countedPositions) report[name] += sums.counts[name];
    for (const [reason, count] of Object.entries(sums.skipped)) report.skipped[reason] = (report.skipped[reason] ?? 0) + count;
    for (const row of sums.byProvider) this.#providers.addRow(row);
    this.#sending.add(sums.usage);
    this.#reconciliation.add(shard, segment, sums);
  }

  /** `planned`: what planning says of shards that it is through with. Segments that are not current need not fit together. */
  report(planned: ReadonlyMap<string, ShardPlan>, { isWhole = true } = {}): DeliveryReport {
    for (const { calls } of planned.values()) this.#sending.addCalls(calls);
    const discrepancy = isWhole ? this.#reconciliation.verdict(this.#report, planned) : null;
    return {
      ...this.#report,
      byProvider: this.#providers.rows,
      addsUp: discrepancy === null,
      discrepancy,
      sending: this.#sending.sending(this.#report.submitted),
    };
  }
}
