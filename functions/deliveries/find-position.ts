import { type ShardCount, shardOf, shardsOf } from '../platform/keys.ts';
import type { LedgerReader } from './ledger-reader.ts';
import type { ReaderBatch } from './reader-batch.ts';

const goodGuesses = 4;

type Looking = Pick<LedgerReader, 'lastBatch' | 'read'>;
type Divided = { id: string; shards: ShardCount };
type Found = { batch: ReaderBatch; position: number };

/**
 * A reader's position in a digest, or undefined if they are not in it: under the first of these ids that is there. A digest has
 * readers who have changed their address since under the id of the old one.
 */
export async function findPosition(digest: Divided, ids: readonly string[], ledger: Looking): Promise<Found | undefined> {
  for (const id of ids) {
    const found = await positionOf(digest, id, ledger);
    if (found) return found;
  }
  return undefined;
}

/**
 * Batches cover their shard in key order and ids are evenly spread, so a guess by proportion finds the batch in a few reads, however many there are; should it not, halving does.
 */
async function positionOf({ id: digest, shards }: Divided, reader: string, ledger: Looking): Promise<Found | undefined> {
  const shard = shardOf(reader, shards);
  let low = 0;
  let high = (await ledger.lastBatch(digest, shard)) ?? -1;
  const first = shardsOf(shards).indexOf(shard);
  let [from, through] = [first / shards, (first + 1) / shards];
  for (let reads = 0; low <= high; reads += 1) {
    const share = reads < goodGuesses && through > from ? (placeOf(reader) - from) / (through - from) : 0.5;
    const guess = low + Math.min(Math.max(Math.floor(share * (high - low + 1)), 0), high - low);
    const batch = await ledger.read({ digest, shard, batch: guess });
    if (!batch) return undefined;
    if (reader <= batch.from) [high, through] = [guess - 1, placeOf(batch.from)];
    else if (reader > batch.through) [low, from] = [guess + 1, placeOf(batch.through)];
    else {
      const position = batch.readers.indexOf(reader);
      return position < 0 ? undefined : { batch, position };
    }
  }
  return undefined;
}

/** Where among all ids one lies, from 0 to 1: they are evenly spread. */
const placeOf = (id: string) => Number.parseInt(id.slice(0, 12).padEnd(12, '0'), 16) / 16 ** 12;
