import type { Digest } from '../digests/digest.ts';
import type { Now } from '../platform/clock.ts';

const goodForMilliseconds = 1_000;

/** Digests as a worker sees them: read again when the last look is a second old, once for all who ask meanwhile. */
export class CurrentDigests {
  readonly #find: (id: string) => Promise<Digest | undefined>;
  readonly #now: Now;
  readonly #looks = new Map<string, { at: number; digest: Promise<Digest | undefined> }>();
  constructor(find: (id: string) => Promise<Digest | undefined>, now: Now) {
    this.#find = find;
    this.#now = now;
  }

  current(id: string): Promise<Digest | undefined> {
    const at = this.#now().getTime();
    const last = this.#looks.get(id);
    if (last && Math.abs(at - last.at) < goodForMilliseconds) return last.digest;
    const digest = this.#find(id);
    this.#looks.set(id, { at, digest });
    digest.catch(() => this.#looks.delete(id));
    return digest;
  }

  /** What was seen is known to be old: the next look reads. */
  forget(id: string) {
    this.#looks.delete(id);
  }
}
