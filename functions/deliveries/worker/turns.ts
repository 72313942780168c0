/** One caller after another, in the sequence in which they asked. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for its turn, which is over when the answer is called; a second call changes nothing. */
  async take(): Promise<() => void> {
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = turn.promise;
    await before;
    return turn.resolve;
  }
}
