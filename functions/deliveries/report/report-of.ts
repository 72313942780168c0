import type { DeliveryReport } from '../../digests/delivery-report.ts';
import { type ShardCount, shardsOf } from '../../platform/keys.ts';
import type { Ledger } from '../ledger.ts';
import { segmentOf } from '../segments/segment-of.ts';
import { SegmentSum } from '../segments/segment-sums.ts';
import { ReportSum } from './report-sum.ts';

/**
 * The report of a digest from nothing: audience = submitted + skipped + rejected + unknown + open. It reads the whole ledger, about
 * 1 KB for 50 readers, and the evidence beside it, a segment at a time. A ledger whose parts contradict each other makes a report
 * that says so.
 */
export async function reportOf(
  digest: string,
  ledger: Pick<Ledger, 'entries' | 'plannedShards'>,
  shards: ShardCount = 16,
): Promise<DeliveryReport> {
  // Read first: what it says was planned is in the ledger by the time the batches are read.
  const planned = await ledger.plannedShards(digest);
  const sum = new ReportSum();
  await Promise.all(
    shardsOf(shards).map(async (shard) => {
      let segment: { n: number; sum: SegmentSum } | undefined;
      for await (const { batch, evidence } of ledger.entries(digest, shard)) {
        const n = segmentOf(batch);
        if (segment && segment.n !== n) sum.add(shard, segment.n, segment.sum.sums);
        if (segment?.n !== n) segment = { n, sum: new SegmentSum() };
        segment.sum.add(batch, evidence);
      }
      if (segment) sum.add(shard, segment.n, segment.sum.sums);
    }),
  );
  return sum.report(planned);
}
