/** Chance that a seed repeats exactly (sfc32). */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;
  constructor(seed: number) {
    this.#a = seed >>> 0;
    this.#b = Math.floor(seed / 2 ** 32) ^ 0x9e3779b9;
    this.#c = 0x85ebca6b;
    for (let n = 0; n < 12; n += 1) this.next();
  }

  /** At least 0, below 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  }

  chance = (probability: number) => probability > 0 && this.next() < probability;
  between = (low: number, high: number) => low + this.next() * (high - low);
  whole = (low: number, high: number) => Math.floor(this.between(low, high + 1));
  pick = <Choice>(choices: readonly Choice[]): Choice => choices[Math.floor(this.next() * choices.length)] as Choice;
  hex = (digits: number) => Array.from({ length: digits }, () => this.whole(0, 15).toString(16)).join('');
}
