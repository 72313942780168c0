import type { Permit, Permits } from '../../mail/pace.ts';
import type { Now } from '../../platform/clock.ts';
import { faultOf, logger } from '../../platform/logger.ts';

export type PermitServices = {
  pace: {
    reserve(wanted: number, terms: { hasTime: () => boolean }): Promise<Permits>;
    giveBack(unused: number): Promise<void>;
  };
  now: Now;
};

type Wanted = { count: number; hasTime: () => boolean };

/** Why a worker gets no permit. `quota`: what is left of the day's quota is kept for people who wait for a mail. */
export type NoPermit = 'unreachable' | 'quota' | 'time';

/**
 * The permits of one worker process. They belong to no batch: what one does not use, because its claim failed or its readers have
 * left, the next one does. What nobody uses in time counts as given back.
 */
export class PermitsInHand {
  readonly #services: PermitServices;
  #permits: Permit[] = [];
  #asking: Promise<NoPermit | undefined> | undefined;
  /** Lapsed, and not yet given back. */
  #unused = 0;
  constructor(services: PermitServices) {
    this.#services = services;
  }

  /** Waits until at least one is in hand. */
  async ensure({ count, hasTime }: Wanted): Promise<NoPermit | undefined> {
    for (;;) {
      this.#dropLapsed();
      if (this.#permits.length > 0) return undefined;
      // One caller asks for all: a batch that sends now uses what the batch behind it has asked for.
      this.#asking ??= this.#ask({ count, hasTime }).finally(() => {
        this.#asking = undefined;
      });
      const none = await this.#asking;
      if (none) return none;
    }
  }

  /** Up to so many, at least one. */
  async take(wanted: Wanted): Promise<Permit[] | NoPermit> {
    return (await this.ensure(wanted)) ?? this.#permits.splice(0, wanted.count);
  }

  /** Those that were taken and not used: the next caller gets them first. */
  putBack(permits: readonly Permit[]) {
    this.#permits.unshift(...permits);
  }

  /** Nobody uses those that are in hand: SES asked for fewer mails. */
  drop() {
    this.#unused += this.#permits.splice(0).length;
  }

  /** What lapsed is not counted in the day's quota; at the end of an invocation neither is what is left. */
  async giveBack({ all = false } = {}): Promise<void> {
    this.#dropLapsed();
    const unused = this.#unused + (all ? this.#permits.splice(0).length : 0);
    this.#unused = 0;
    if (unused === 0) return;
    await this.#services.pace.giveBack(unused).catch((error: unknown) => {
      // The next answer of SES corrects it within a minute.
      logger.warn('Unused permits could not be given back', { unused, fault: faultOf(error) });
    });
  }

  async #ask({ count, hasTime }: Wanted): Promise<NoPermit | undefined> {
    const permits = await this.#services.pace.reserve(count, { hasTime });
    if (permits === 'unreachable') return 'unreachable';
    // With time left, none means that the rest of the day's quota is kept for readers who wait for a confirmation.
    if (permits.length === 0) return hasTime() ? 'quota' : 'time';
    this.#permits.push(...permits);
    return undefined;
  }

  #dropLapsed() {
    const now = this.#services.now().getTime();
    const held = this.#permits.length;
    this.#permits = this.#permits.filter(({ until }) => until >= now);
    this.#unused += held - this.#permits.length;
  }
}
