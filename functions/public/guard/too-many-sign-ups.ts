import { Refusal } from '../../platform/refusal.ts';
import type { TooMany } from '../../subscribers/request-subscription.ts';

const details: Record<TooMany, string> = {
  network_full: 'Too many addresses from this network wait for their confirmation. Confirm those, or try again later.',
  full: 'Too many addresses wait for their confirmation at the moment. Try again later.',
};

/** 429: nothing was taken, and when it will be again. */
export class TooManySignUps extends Refusal {
  readonly where: TooMany;
  readonly minutes: number;
  constructor(where: TooMany, seconds: number) {
    super('too_many_requests', details[where], [], { headers: { 'retry-after': String(seconds) } });
    this.where = where;
    this.minutes = Math.ceil(seconds / 60);
  }
}
