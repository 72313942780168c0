import type { Evidence } from '../evidence.ts';
import { outcomes, type ReaderBatch } from '../reader-batch.ts';
import { batchesPerSegment } from '../segments/segment-of.ts';

const letters = new Set<string>(Object.values(outcomes));

/** How many things of a segment do not fit together, and the first of them. */
export type BatchFaults = { count: number; first?: string | undefined };

/** Checks every batch of a segment against the one before it, its own readers and the evidence beside it. */
export class BatchCheck {
  readonly faults: BatchFaults = { count: 0 };
  #before: Pick<ReaderBatch, 'batch' | 'through'> | undefined;

  /** Batches come in their shard's own sequence. */
  check(batch: ReaderBatch, evidence: Evidence) {
    const { readers, from } = batch;
    const [before, name] = [this.#before, nameOf(batch)];
    const isNext = before ? batch.batch === before.batch + 1 : batch.batch % batchesPerSegment === 0;
    if (!isNext) this.#fault(`a batch is missing before ${name}`);
    else if (before && from !== before.through) this.#fault(`${name} does not begin where the one before it ends`);
    if (batch.outcomes.length !== readers.length)
      this.#fault(`${name} has ${readers.length} readers and ${batch.outcomes.length} outcomes`);
    const strange = batch.outcomes.filter((letter) => !letters.has(letter)).length;
    if (strange > 0) this.#fault(`${name} has ${strange} outcomes that mean nothing`);
    if (evidence.reachesBeyond(readers.length)) this.#fault(`SES tells of mails that ${name} does not have`);
    this.#before = batch;
  }

  #fault(words: string) {
    this.faults.count += 1;
    this.faults.first ??= words;
  }
}

/** As reports call it. */
export const nameOf = ({ shard, batch }: Pick<ReaderBatch, 'shard' | 'batch'>) => `batch ${shard}#${batch}`;
