import * as z from 'zod';
import { usageFrom, usageText } from '../report/batch-usage.ts';
import { providerColumns } from '../report/provider-figures.ts';
import { type Counts, countedPositions, type SegmentSums } from './segment-sums.ts';

const Count = z.number().int();

/** Counts by their place, without names: marking a segment writes the whole item, and each kilobyte of it is paid for. */
const StoredSums = z.tuple([
  Count,
  Count,
  z.string(),
  z.string(),
  z.array(Count),
  z.record(z.string(), Count),
  z.array(z.tuple([z.string()], Count)),
  z.string(),
  z.array(z.tuple([z.number(), Count])),
  z.object({ count: Count, first: z.string().optional() }),
]);

/** A segment's sums as they are stored: with the usual number of mailbox providers less than a kilobyte. */
export const sumsText = ({ batches, readers, from, through, byProvider, usage, accepted, ...sums }: SegmentSums): string =>
  JSON.stringify([
    batches,
    readers,
    from,
    through,
    countedPositions.map((name) => sums.counts[name]),
    sums.skipped,
    byProvider.map((row) => [row.provider, ...providerColumns.map((column) => row[column])]),
    usageText(usage),
    accepted.map(([lastAt, mails]) => [lastAt, mails]),
    sums.faults,
  ] satisfies z.input<typeof StoredSums>);

export function sumsFrom(text: string): SegmentSums {
  const [batches, readers, from, through, counts, skipped, rows, usage, accepted, faults] = StoredSums.parse(JSON.parse(text));
  return {
    batches,
    readers,
    from,
    through,
    counts: Object.fromEntries(countedPositions.map((name, n) => [name, counts[n] ?? 0])) as Counts,
    skipped,
    byProvider: rows.map(([provider, ...columns]) => ({
      provider,
      ...(Object.fromEntries(providerColumns.map((column, n) => [column, columns[n] ?? 0])) as Record<
        (typeof providerColumns)[number],
        number
      >),
    })),
    usage: usageFrom(usage),
    accepted,
    faults,
  };
}
