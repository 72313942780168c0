import { type Standing, standings } from '../subscribers/imported/imported-reader.ts';

const firstCapacity = 1 << 16;

/**
 * Which row of a file counts for whom: of several about one address the least permissive, and of those the first. Holds 13
 * bytes and some air a reader, so that two million fit into 70 MB; readers are told apart by 64 bits of their ids, where two of
 * two million meet once in nine million files.
 */
export class RowWinners {
  #keys = new BigUint64Array(firstCapacity);
  #rows = new Uint32Array(firstCapacity);
  #ranks = new Uint8Array(firstCapacity);
  #size = 0;

  add(id: string, standing: Standing, row: number) {
    if (this.#size * 2 > this.#keys.length) this.#grow();
    const key = keyOf(id);
    const at = this.#place(key);
    const rank = standings.indexOf(standing) + 1;
    if (this.#ranks[at] === 0) this.#size += 1;
    else if ((this.#ranks[at] ?? 0) >= rank) return;
    this.#keys[at] = key;
    this.#rows[at] = row;
    this.#ranks[at] = rank;
  }

  counts(id: string, row: number): boolean {
    return this.#rows[this.#place(keyOf(id))] === row;
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
