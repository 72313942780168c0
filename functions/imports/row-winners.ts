import { type RowStatus, rowStatuses } from '../subscribers/imported/imported-reader.ts';

const firstCapacity = 1 << 16;

/**
 * Which row of a file counts for each reader: if several rows have one address, the first with the strictest status. It holds 13
 * bytes and some unused space per reader, so that two million fit into 70 MB. Readers are distinguished by 64 bits of their ids:
 * two of two million are equal once in nine million files.
 */
export class RowWinners {
  #keys = new BigUint64Array(firstCapacity);
  #rows = new Uint32Array(firstCapacity);
  #ranks = new Uint8Array(firstCapacity);
  #size = 0;

  /** The row that another one outweighs, if this is not the first about its reader: this one, or the one that counted until now. */
  add(id: string, status: RowStatus, row: number): number | undefined {
    return this.#add(keyOf(id), rowStatuses.indexOf(status) + 1, row);
  }

  /** 13 bytes a reader, for a later process to go on with. */
  packed(): Uint8Array {
    const [keys, rows, ranks] = [new BigUint64Array(this.#size), new Uint32Array(this.#size), new Uint8Array(this.#size)];
    let n = 0;
    for (let at = 0; at < this.#ranks.length; at += 1) {
      const rank = this.#ranks[at] ?? 0;
      if (rank === 0) continue;
      [keys[n], rows[n], ranks[n]] = [this.#keys[at] ?? 0n, this.#rows[at] ?? 0, rank];
      n += 1;
    }
    return Buffer.concat([keys, rows, ranks].map(({ buffer }) => new Uint8Array(buffer)));
  }

  static unpacked(bytes: Uint8Array): RowWinners {
    const winners = new RowWinners();
    const size = bytes.length / 13;
    // A view needs numbers that begin at a multiple of their own size, so each part is copied.
    const part = (from: number, each: number) => new Uint8Array(bytes.subarray(from * size, (from + each) * size)).buffer;
    const [keys, rows, ranks] = [new BigUint64Array(part(0, 8)), new Uint32Array(part(8, 4)), new Uint8Array(part(12, 1))];
    for (let n = 0; n < size; n += 1) winners.#add(keys[n] ?? 0n, ranks[n] ?? 0, rows[n] ?? 0);
    return winners;
  }

  #add(key: bigint, rank: number, row: number): number | undefined {
    if (this.#size * 2 > this.#keys.length) this.#grow();
    const at = this.#place(key);
    const before = this.#ranks[at] ?? 0;
    const outweighed = this.#rows[at];
    if (before >= rank) return row;
    if (before === 0) this.#size += 1;
    this.#keys[at] = key;
    this.#rows[at] = row;
    this.#ranks[at] = rank;
    return before === 0 ? undefined : outweighed;
  }

  #place(key: bigint): number {
    const mask = this.#keys.length - 1;
    let at = Number(key & BigInt(mask));
    while (this.#ranks[at] !== 0 && this.#keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  #grow() {
    const [keys, rows, ranks] = [this.#keys, this.#rows, this.#ranks];
    this.#keys = new BigUint64Array(keys.length * 2);
    this.#rows = new Uint32Array(keys.length * 2);
    this.#ranks = new Uint8Array(keys.length * 2);
    for (let n = 0; n < keys.length; n += 1) {
      if (ranks[n] === 0) continue;
      const at = this.#place(keys[n] ?? 0n);
      this.#keys[at] = keys[n] ?? 0n;
      this.#rows[at] = rows[n] ?? 0;
      this.#ranks[at] = ranks[n] ?? 0;
    }
  }
}

/** Not its first digits, which are the shard's. */
const keyOf = (id: string) => BigInt(`0x${id.slice(16)}`);
