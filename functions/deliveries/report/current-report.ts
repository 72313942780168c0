import type { DeliveryReport } from '../../digests/delivery-report.ts';
import { currentSegments, type SegmentReading, type SegmentServices } from '../segments/current-segments.ts';
import { reopening } from '../segments/segments.ts';
import { ReportSum } from './report-sum.ts';

export type TakenReport = {
  report: DeliveryReport;
  /** Everything that anybody had said by then is in it. Otherwise there was no time for some segments, and nothing is held against it. */
  isWhole: boolean;
  /** Positions that somebody is about to reopen. */
  reopening: number;
};

/**
 * The report of a digest from the sums of its segments, of which only those that were written to since are read: a list of ten million
 * has 2,000 of them.
 */
export async function takeReport(digest: string, services: SegmentServices, folding?: SegmentReading): Promise<TakenReport> {
  // Read first: what it says was planned is in the ledger by the time the batches are read.
  const planned = await services.ledger.plannedShards(digest);
  const sum = new ReportSum();
  const taken = { isWhole: true, reopening: 0 };
  for await (const segment of currentSegments(digest, planned, services, folding)) {
    sum.add(segment.shard, segment.segment, segment.sums);
    taken.isWhole &&= segment.isCurrent;
    taken.reopening += reopening(segment, services.now());
  }
  return { report: sum.report(planned, taken), ...taken };
}

/** The same, for who only wants to read it. */
export const currentReport = async (digest: string, services: SegmentServices): Promise<DeliveryReport> =>
  (await takeReport(digest, services)).report;
