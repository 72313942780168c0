/**
 * Work that serves everybody who asked for it before it began. While one is under way, all who ask for the same wait for one more,
 * which begins when that one is over, well or not.
 */
export class SharedWork {
  readonly #running = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();

  once(name: string, work: () => Promise<void>): Promise<void> {
    const running = this.#running.get(name);
    if (!running) return this.#run(name, work);
    const next = this.#next.get(name) ?? this.#after(running, name, work);
    this.#next.set(name, next);
    return next;
  }

  async #after(running: Promise<void>, name: string, work: () => Promise<void>) {
    await running.catch(() => undefined);
    this.#next.delete(name);
    return this.#run(name, work);
  }

  #run(name: string, work: () => Promise<void>) {
    const run = work().finally(() => {
      if (this.#running.get(name) === run) this.#running.delete(name);
    });
    this.#running.set(name, run);
    return run;
  }
}
