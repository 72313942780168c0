import type { Now } from '../../platform/clock.ts';
import type { Ledger } from '../ledger.ts';
import type { ShardPlan } from '../planning/shard-plan.ts';
import { batchesPerSegment } from './segment-of.ts';
import type { SegmentSums } from './segment-sums.ts';
import { isMarked, type Segment, type SegmentName } from './segments.ts';

export type SegmentServices = { ledger: Pick<Ledger, 'segments' | 'plannedShards'>; now: Now };

export type SegmentReading = {
  /** Once this is false, segments come as they were summed last. */
  hasTime?: () => boolean;
  /** Which of those that nobody has marked are summed again, too. */
  alsoFold?: (segment: Segment) => boolean;
  /** Which may be summed again at all; the others come as they were summed last. */
  mayFold?: (segment: SegmentName) => boolean;
};

/** `isCurrent`: everything that had been said about it when it was asked for is in its sums. */
export type CurrentSegment = Segment & { sums: SegmentSums; isCurrent: boolean };

const foldsAtOnce = 8;

/**
 * The segments of a digest: first those whose sums are current, then those that were marked, summed again. Planning says how many
 * batches there are, so that none is missing whose planner died before it could mark a segment.
 */
export async function* currentSegments(
  digest: string,
  planned: ReadonlyMap<string, ShardPlan>,
  { ledger: { segments }, now }: SegmentServices,
  { hasTime = () => true, alsoFold = () => false, mayFold = () => true }: SegmentReading = {},
): AsyncGenerator<CurrentSegment> {
  const missing = new Map(
    [...planned].map(([shard, { batches }]) => [shard, new Set(Array(Math.ceil(batches / batchesPerSegment)).keys())]),
  );
  const old: (SegmentName & Partial<Segment>)[] = [];
  const asSummed = (segment: SegmentName & Partial<Segment>) =>
    segment.sums ? [{ ...(segment as Segment & { sums: SegmentSums }), isCurrent: false }] : [];
  for await (const segment of segments.of(digest)) {
    missing.get(segment.shard)?.delete(segment.segment);
    const isOld = !segment.sums || isMarked(segment) || isShort(segment, planned) || alsoFold(segment);
    if (isOld && !mayFold(segment)) yield* asSummed(segment);
    else if (isOld || !segment.sums) old.push(segment);
    else yield { ...segment, sums: segment.sums, isCurrent: true };
  }
  for (const [shard, numbers] of missing)
    for (const segment of numbers) if (mayFold({ digest, shard, segment })) old.push({ digest, shard, segment });
  while (old.length > 0) {
    const some = old.splice(0, foldsAtOnce);
    if (hasTime())
      for (const segment of await Promise.all(some.map((name) => segments.fold(name, now)))) yield { ...segment, isCurrent: true };
    else yield* some.flatMap(asSummed);
  }
}

/** Whether planning wrote more batches than were summed. */
const isShort = ({ shard, segment, sums }: Segment, planned: ReadonlyMap<string, ShardPlan>): boolean =>
  (sums?.batches ?? 0) < Math.min(batchesPerSegment, (planned.get(shard)?.batches ?? 0) - segment * batchesPerSegment);
