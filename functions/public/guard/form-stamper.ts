import type { Now } from '../../platform/clock.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import { formStamp } from './form-stamp.ts';

/** Stamps forms as soon as the ring of keys is known. Before that the stamp is empty, and such a form is asked for a second time. */
export class FormStamper {
  readonly #now: Now;
  #ring: KeyRing | undefined;
  constructor(now: Now) {
    this.#now = now;
  }

  useRing(ring: KeyRing) {
    this.#ring = ring;
  }

  stamp(options: { cached?: boolean } = {}): string {
    return this.#ring ? formStamp(this.#ring, this.#now(), options) : '';
  }
}
