import type { Files } from '../platform/bucket.ts';
import { Refusal } from '../platform/refusal.ts';
import { listRows } from './list-rows.ts';
import { mostRows } from './reader-import.ts';
import { type RowContext, readRow } from './reading/read-row.ts';
import { RowWinners } from './row-winners.ts';

/**
 * Goes through a whole list once, to know which row counts for whom.
 * @throws Refusal `too_large` when it has more rows than a list may have
 */
export async function findWinners(files: Pick<Files, 'bytes'>, key: string, context: RowContext): Promise<RowWinners> {
  const winners = new RowWinners();
  for await (const rows of listRows(files, key, context))
    for (const raw of rows) {
      if (raw.row > mostRows + context.reading.skip)
        throw new Refusal('too_large', `The list has more than ${mostRows.toLocaleString('en')} rows. Cut it into several files.`);
      const read = readRow(raw, context);
      if ('reader' in read) winners.add(read.reader.id, read.reader.standing, read.row);
    }
  return winners;
}
