import { Refusal } from '../../platform/refusal.ts';
import type { TooMany } from '../../subscribers/request-subscription.ts';

/** A network that behaves like bots has a mail a minute when nobody else waits, and a line of a day is shorter by an hour. */
const retryMinutes = 60;

/** 429: nothing was taken, and when it may be again. */
export class TooManySignUps extends Refusal {
  readonly where: TooMany;
  readonly minutes = retryMinutes;
  constructor(where: TooMany) {
    super(
      where === 'full' ? 'sign_ups_full' : 'network_full',
      { minutes: retryMinutes },
      { headers: { 'retry-after': String(retryMinutes * 60) } },
    );
    this.where = where;
  }
}
