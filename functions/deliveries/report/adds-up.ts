import type { DeliveryReport } from '../../digests/delivery-report.ts';
import type { ShardPlan } from '../planning/shard-plan.ts';
import { batchesPerSegment } from '../segments/segment-of.ts';
import type { SegmentSums } from '../segments/segment-sums.ts';
import { type BatchFaults, nameOf } from './batch-check.ts';

type Link = Pick<SegmentSums, 'batches' | 'readers' | 'from' | 'through'>;

/**
 * Checks the ledger against itself: each segment against the one before it, and each shard against what its planning says it planned.
 * A report is believed only when all of it agrees.
 */
export class Reconciliation {
  readonly #faults: BatchFaults = { count: 0 };
  readonly #shards = new Map<string, Map<number, Link>>();

  /** Segments come in any sequence. */
  add(shard: string, segment: number, { batches, readers, from, through, faults }: SegmentSums) {
    const links = this.#shards.get(shard) ?? new Map<number, Link>();
    this.#shards.set(shard, links.set(segment, { batches, readers, from, through }));
    this.#faults.first ??= faults.first;
    this.#faults.count += faults.count;
  }

  /** The first thing that does not fit, and how many more there are; null when everything does. */
  verdict(
    { audience, submitted, skipped, rejected, unknown, open }: DeliveryReport,
    planned: ReadonlyMap<string, ShardPlan>,
  ): string | null {
    for (const [shard, { batches, readers }] of planned) {
      // What is still being planned changes while it is read.
      const has = this.#follow(shard, this.#shards.get(shard) ?? new Map());
      // More is no fault: a copy of the planning took in a reader who had left when another copy came to its end.
      if (has.batches < batches || has.readers < readers)
        this.#fault(`shard ${shard} holds ${has.readers} readers in ${has.batches} batches, and ${readers} in ${batches} were planned`);
    }
    const counted = submitted + Object.values(skipped).reduce((sum, n) => sum + n, 0) + rejected + unknown + open;
    if (counted !== audience) this.#fault(`the outcomes make ${counted}, and the audience is ${audience}`);
    const { first, count } = this.#faults;
    return first === undefined ? null : `${first}${count > 1 ? ` (and ${count - 1} more)` : ''}`;
  }

  /** Along the segments of a shard. */
  #follow(shard: string, links: ReadonlyMap<number, Link>) {
    const sum = { batches: 0, readers: 0 };
    let through = '';
    for (const [n, [segment, link]] of [...links].sort(([a], [b]) => a - b).entries()) {
      const name = nameOf({ shard, batch: segment * batchesPerSegment });
      if (segment !== n || sum.batches !== n * batchesPerSegment) this.#fault(`a batch is missing before ${name}`);
      else if (link.batches > 0 && link.from !== through) this.#fault(`${name} does not begin where the one before it ends`);
      through = link.through;
      sum.batches += link.batches;
      sum.readers += link.readers;
    }
    return sum;
  }

  #fault(words: string) {
    this.#faults.count += 1;
    this.#faults.first ??= words;
  }
}
