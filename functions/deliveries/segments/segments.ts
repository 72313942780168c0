import * as z from 'zod';
import { after, type Now } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { Item, Table } from '../../platform/table.ts';
import type { LedgerReader } from '../ledger-reader.ts';
import type { BatchMessage } from '../reader-batch.ts';
import { segmentOf } from './segment-of.ts';
import { SegmentSum, type SegmentSums } from './segment-sums.ts';
import { sumsFrom, sumsText } from './segment-text.ts';
import { SharedWork } from './shared-work.ts';

const StoredSegment = z.object({
  /** How often somebody has written to one of its batches, or to the evidence beside it, and said so afterwards. */
  mark: z.number().int().default(0),
  /** The mark that was read before the batches that `sums` are of. */
  folded: z.number().int().default(0),
  /** How often it was summed, and when for the last time, milliseconds since 1970. */
  folds: z.number().int().default(0),
  foldedAt: z.number().default(0),
  sums: z.string().transform(sumsFrom).optional(),
  /** Who is about to reopen positions: `<batch>#<positions>#<until, milliseconds since 1970>`. */
  reopening: z.set(z.string()).default(new Set<string>()),
});

export type SegmentName = Pick<BatchMessage, 'digest' | 'shard'> & { segment: number };
export type Segment = SegmentName & z.infer<typeof StoredSegment>;

/** Longer than anybody who notes that they reopen positions lives. */
const notedMs = 5 * 60_000;

/**
 * A hundred batches each, summed whole into one item. Who writes to a batch or its evidence marks the segment *afterwards*: sums whose
 * mark is older than the item's may be old. A reader of such a segment sums it again.
 */
export class Segments {
  readonly #table: Pick<Table, 'get' | 'query' | 'update'>;
  readonly #ledger: Pick<LedgerReader, 'entries'>;
  /** A hundred events about a segment are marked by a few writes. */
  readonly #marks = new SharedWork();
  constructor(table: Pick<Table, 'get' | 'query' | 'update'>, ledger: Pick<LedgerReader, 'entries'>) {
    this.#table = table;
    this.#ledger = ledger;
  }

  /** Something was written to this batch, or to the evidence beside it. */
  async mark(batch: BatchMessage): Promise<void> {
    const key = keyOf(batch);
    return this.#marks.once(
      `${key.pk}/${key.sk}`,
      async () => void (await this.#table.update(key, { set: 'ADD mark :one', values: { ':one': 1 } })),
    );
  }

  /**
   * Notes, *before* it is done, that so many positions of a batch will be open again: a digest does not end meanwhile, and if the
   * worker dies the segment is summed again. Answers with what takes the note away.
   */
  async noteReopening(batch: BatchMessage, positions: number, now: Date): Promise<() => Promise<void>> {
    const values = { ':one': 1, ':note': new Set([`${batch.batch}#${positions}#${after(now, notedMs).getTime()}`]) };
    await this.#table.update(keyOf(batch), { set: 'ADD mark :one, reopening :note', values });
    return async () => void (await this.#table.update(keyOf(batch), { set: 'ADD mark :one DELETE reopening :note', values }));
  }

  /** The segments of a digest that anybody has marked or summed, in the order of their keys. */
  async *of(digest: string, { consistent = true } = {}): AsyncGenerator<Segment> {
    for await (const item of this.#table.query({ pk: keys.segmentsOf(digest), consistent })) {
      const cut = item.sk.lastIndexOf('#');
      yield segmentFrom({ digest, shard: item.sk.slice(0, cut), segment: Number(item.sk.slice(cut + 1)) }, item);
    }
  }

  async find(name: SegmentName): Promise<Segment> {
    return segmentFrom(name, await this.#table.get(keys.segment(name.digest, name.shard, name.segment)));
  }

  /**
   * Sums a segment's batches and evidence, which are read after its mark. Written only if nobody has summed it meanwhile: otherwise
   * older numbers could take the place of newer ones.
   */
  async fold(name: SegmentName, now: Now): Promise<Segment & { sums: SegmentSums }> {
    for (;;) {
      const before = await this.find(name);
      const sum = new SegmentSum();
      for await (const { batch, evidence } of this.#ledger.entries(name.digest, name.shard, { segment: name.segment }))
        sum.add(batch, evidence);
      const { sums } = sum;
      const over = [...before.reopening].filter((note) => untilOf(note) < now().getTime());
      const item = await this.#table.update(keys.segment(name.digest, name.shard, name.segment), {
        set: `SET sums = :sums, folded = :mark, foldedAt = :now ADD folds :one${over.length > 0 ? ' DELETE reopening :over' : ''}`,
        condition: before.folds > 0 ? 'folds = :folds' : 'attribute_not_exists(folds)',
        values: {
          ':sums': sumsText(sums),
          ':mark': before.mark,
          ':now': now().getTime(),
          ':one': 1,
          ...(before.folds > 0 && { ':folds': before.folds }),
          ...(over.length > 0 && { ':over': new Set(over) }),
        },
      });
      if (item) return { ...segmentFrom(name, item), sums };
      const other = await this.find(name);
      // What somebody else summed after the mark that counts here is as good.
      if (other.sums && other.folded >= before.mark) return { ...other, sums: other.sums };
    }
  }
}

/** Whether something was written since its batches were read. */
export const isMarked = ({ sums, mark, folded }: Segment): boolean => sums === undefined || mark > folded;

/** How many positions somebody is about to reopen. */
export const reopening = ({ reopening: notes }: Segment, now: Date): number =>
  [...notes].filter((note) => untilOf(note) >= now.getTime()).reduce((sum, note) => sum + Number(note.split('#')[1]), 0);

/** Whether positions of it have no last word yet. */
export const isUnfinished = (segment: Segment): boolean =>
  segment.reopening.size > 0 || (segment.sums?.counts.open ?? 1) + (segment.sums?.counts.unknown ?? 0) > 0;

const untilOf = (note: string) => Number(note.split('#')[2]);

const segmentFrom = (name: SegmentName, item: Item | undefined): Segment => ({ ...name, ...StoredSegment.parse(item ?? {}) });

const keyOf = (batch: BatchMessage) => keys.segment(batch.digest, batch.shard, segmentOf(batch));
