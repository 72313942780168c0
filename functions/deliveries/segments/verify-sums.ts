import type { Now } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';
import { count } from '../../platform/metering/metric.ts';
import type { Queue } from '../../platform/queue.ts';
import type { Ledger } from '../ledger.ts';
import type { ShardPlan } from '../planning/shard-plan.ts';
import { batchesPerSegment } from './segment-of.ts';
import { sumsText } from './segment-text.ts';
import { isMarked, type SegmentName } from './segments.ts';
import type { VerifyMessage } from './verify-message.ts';

export type VerifyServices = {
  ledger: Pick<Ledger, 'segments' | 'plannedShards'>;
  verifications: Pick<Queue<VerifyMessage>, 'send'>;
  now: Now;
};

type DoubtedSegment = NonNullable<VerifyMessage['doubted']>[number];

const segmentsAtOnce = 4;
const millisecondsToStop = 500;
/** SQS's longest delay, and longer than it takes until the message of a worker that died comes again, and is marked. */
const doubtSeconds = 900;

/**
 * Sums every segment of a digest from nothing, in turns. Numbers that were wrong although nothing was marked are mended, and doubted:
 * a worker may be between its write and its mark, or have died there. If nobody has marked the segment a quarter of an hour later, a write was
 * never told of, and a person has to look.
 */
export async function verifySums(message: VerifyMessage, services: VerifyServices, remainingMilliseconds: () => number) {
  if (message.doubted) return raiseDoubts(message.digest, message.doubted, services);
  const { ledger, verifications } = services;
  const names = segmentNames(message, await ledger.plannedShards(message.digest));
  const doubted: DoubtedSegment[] = [];
  let last: SegmentName | undefined;
  while (names.length > 0 && (last === undefined || remainingMilliseconds() > millisecondsToStop)) {
    const some = names.splice(0, segmentsAtOnce);
    doubted.push(...(await Promise.all(some.map((name) => verified(name, services)))).flat());
    last = some.at(-1);
  }
  // A hundred at most: a turn has time for fewer.
  if (doubted.length > 0)
    await verifications.send({ ...message, after: undefined, doubted: doubted.slice(0, 100) }, { delaySeconds: doubtSeconds });
  if (names.length === 0 || !last) return 'verified';
  await verifications.send({ ...message, after: { shard: last.shard, segment: last.segment } });
  return 'handed_over';
}

/** Every segment that was planned, in the order of their keys, behind the one that a turn ended with. */
function segmentNames({ digest, after }: VerifyMessage, planned: ReadonlyMap<string, ShardPlan>): SegmentName[] {
  const isLeft = ({ shard, segment }: SegmentName) =>
    after === undefined || shard > after.shard || (shard === after.shard && segment > after.segment);
  return [...planned]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([shard, { batches }]) =>
      Array.from({ length: Math.ceil(batches / batchesPerSegment) }, (_, segment) => ({ digest, shard, segment })),
    )
    .filter(isLeft);
}

async function verified({ digest, shard, segment }: SegmentName, { ledger, now }: VerifyServices): Promise<DoubtedSegment[]> {
  const name = { digest, shard, segment };
  const before = await ledger.segments.find(name);
  const after = await ledger.segments.fold(name, now);
  if (!before.sums || isMarked(before) || after.folded > before.mark || sumsText(before.sums) === sumsText(after.sums)) return [];
  logger.warn('Sums were old although nobody had marked them', { ...name, mark: before.mark });
  return [{ shard, segment, mark: before.mark }];
}

async function raiseDoubts(digest: string, doubted: readonly DoubtedSegment[], { ledger }: VerifyServices) {
  let differences = 0;
  for (const { shard, segment, mark } of doubted) {
    if ((await ledger.segments.find({ digest, shard, segment })).mark > mark) continue;
    differences += 1;
    logger.error('The sums of a digest differed from its ledger', { digest, shard, segment });
    count('sumsDiffer');
  }
  return differences > 0 ? 'differed' : 'told_since';
}
