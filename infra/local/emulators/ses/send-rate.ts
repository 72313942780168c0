/** A token bucket as SES keeps one: it refills at the account's rate and holds one message more than a second's worth. */
export class SendRate {
  readonly #clock: () => number;
  #perSecond: number;
  #tokens: number;
  #filledAt: number;

  /** `clock` counts milliseconds and never goes back. */
  constructor(perSecond: number, clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#tokens = perSecond + 1;
    this.#filledAt = clock();
  }

  get perSecond() {
    return this.#perSecond;
  }

  set perSecond(rate: number) {
    this.#fill();
    this.#perSecond = rate;
    this.#tokens = Math.min(this.#tokens, rate + 1);
  }

  /** Takes room for so many recipients, all or nothing. */
  take(recipients: number): boolean {
    this.#fill();
    if (this.#tokens < recipients) return false;
    this.#tokens -= recipients;
    return true;
  }

  #fill() {
    const now = this.#clock();
    this.#tokens = Math.min(this.#perSecond + 1, this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond);
    this.#filledAt = now;
  }
}
