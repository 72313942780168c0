const firstBytes = 1 << 10;

/** Rows of a list that do not count, because another row about the same reader does: a bit each, 250 KB for two million rows. */
export class OutweighedRows {
  #bits: Uint8Array;
  constructor(bytes: Uint8Array = new Uint8Array(firstBytes)) {
    this.#bits = new Uint8Array(bytes);
  }

  get bytes(): Uint8Array {
    return this.#bits;
  }

  add(row: number) {
    const at = row >> 3;
    if (at >= this.#bits.length) {
      const longer = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      longer.set(this.#bits);
      this.#bits = longer;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row & 7));
  }

  has(row: number): boolean {
    return ((this.#bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }
}
