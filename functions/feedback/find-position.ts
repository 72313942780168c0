import type { LedgerReader } from '../deliveries/ledger-reader.ts';
import type { Order } from '../deliveries/order.ts';
import { shardOf } from '../platform/keys.ts';

const goodGuesses = 4;

type Looking = Pick<LedgerReader, 'lastOrder' | 'read'>;
type Found = { order: Order; position: number };

/**
 * Where a reader stands in a digest, or undefined if they are not in it: under the first of these ids that is there. A digest has
 * somebody who changed their address since under the id of the old one.
 */
export async function findPosition(digest: string, ids: readonly string[], ledger: Looking): Promise<Found | undefined> {
  for (const id of ids) {
    const found = await positionOf(digest, id, ledger);
    if (found) return found;
  }
  return undefined;
}

/**
 * Orders cover their shard in key order and ids are
 * evenly spread, so a guess by proportion finds the order in a few reads, however many there are; should it not, halving does.
 */
async function positionOf(digest: string, reader: string, ledger: Looking): Promise<Found | undefined> {
  const shard = shardOf(reader);
  let low = 0;
  let high = (await ledger.lastOrder(digest, shard)) ?? -1;
  let [from, through] = [0, 1];
  for (let reads = 0; low <= high; reads += 1) {
    const share = reads < goodGuesses && through > from ? (placeOf(reader) - from) / (through - from) : 0.5;
    const guess = low + Math.min(Math.max(Math.floor(share * (high - low + 1)), 0), high - low);
    const order = await ledger.read({ digest, shard, order: guess });
    if (!order) return undefined;
    if (reader <= order.from) [high, through] = [guess - 1, placeOf(order.from)];
    else if (reader > order.through) [low, from] = [guess + 1, placeOf(order.through)];
    else {
      const position = order.readers.indexOf(reader);
      return position < 0 ? undefined : { order, position };
    }
  }
  return undefined;
}

/** How far into its shard an id lies, from 0 to 1: the digits behind the shard's own are evenly spread. */
const placeOf = (id: string) => Number.parseInt(id.slice(1, 13).padEnd(12, '0'), 16) / 16 ** 12;
