import type { Random } from './random.ts';

/** Everything that can go wrong, by the words under which it is counted, with how often it comes where it is on: per occasion. */
const faultRates = {
  'message duplicated': 0.05,
  'message reordered': 0.3,
  'message late': 0.05,
  'message lost': 0.03,
  'message of a batch refused': 0.02,
  'message redelivered after its visibility time-out': 0,
  'count of a queue out of date': 0.1,
  'worker killed before a call took effect': 0.004,
  'worker killed after a call took effect': 0.006,
  'worker ended by its time-out': 0,
  'worker frozen and thawed later': 0.004,
  'worker frozen between its last look and the first byte': 0.004,
  'time-out longer than the lease': 0,
  'clock skewed by up to 125 ms': 0.5,
  'clock skewed by up to 10 s': 0.5,
  'read failed': 0.008,
  'read slow': 0.008,
  'batch read answered in part': 0.05,
  'write failed before it took effect': 0.01,
  'write failed after it took effect': 0.01,
  'write slow': 0.01,
  'write repeated by the SDK': 0.01,
  'write took effect long after it failed': 0.004,
  'index late': 0.2,
  'copy of an item late': 0.2,
  'throttled by rate': 0,
  'rival sender': 0,
  'throttled by quota': 0,
  'connection refused': 0.03,
  'reset before SES accepted': 0.03,
  'reset after SES accepted': 0.03,
  'answer after the time-out': 0.02,
  'error 500 before SES accepted': 0.02,
  'error 500 after SES accepted': 0.02,
  'message rejected': 0,
  'sender blocked': 0,
  'outage of SES': 0,
  'outage of the table': 0,
  'outage of the pace': 0,
  'breaker opened': 0,
  'send event lost': 0.03,
  'feedback on a mail lost': 0.03,
  'every event of a mail lost': 0.03,
  'send event later than the rule waits': 0.03,
  'event late': 0.05,
  'event stuck in the queue': 0.02,
  'every event of a mail stuck in the queue': 0.02,
  'event before the one it follows': 0,
  'mail bounced': 0.1,
  'mail bounced softly': 0.1,
  'mail delivered, and bounced softly': 0.05,
  'reader given up after soft bounces': 0,
  'notice to editors': 0,
  'notice that no editor got': 0,
  'mail complained about': 0.02,
  'mail to a dead mailbox': 0,
  'brake tripped': 0,
  'mail refused by a provider': 0,
  'mail delivered, and refused after all': 0.05,
  'readers of a provider postponed': 0,
  'readers postponed mailed by an editor’s word': 0,
  'digest cancelled while readers are postponed': 0,
  'event doubled': 0.1,
  'record-ses-events down': 0,
  'reader joined': 0,
  'reader left': 0,
  'reader moved': 0,
  'reader moved to a reader’s address': 0,
  'reader bounced': 0,
  'reader complained': 0,
  'hold set': 0,
  'hold lifted': 0,
  'canary sent ahead': 0,
  'digest sped up after its canary': 0,
  'canary that nobody heard of': 0,
  'canary let go unheard by an editor': 0,
  'digest cancelled': 0,
  'planned again by an editor': 0,
  'mailed again by an editor': 0,
  'reader mailed again after a block': 0,
  'digest that reached nobody': 0,
  'resends after 30 minutes': 0,
  'resends never': 0,
  'slot fired again': 0,
  'issue sent beside the digest': 0,
  'planning doubled': 0,
  'planner slow': 0,
  'planner killed between two batches': 0,
  'stack updated': 0,
  'watch missed': 0.05,
  'watch doubled': 0.05,
} as const;
export type Fault = keyof typeof faultRates;
export const faultNames = Object.keys(faultRates) as Fault[];

/** Which faults a seed has, and how often each struck. */
export class Faults {
  readonly counts = new Map<Fault, number>();
  readonly #rates: Map<Fault, number>;
  readonly #random: Random;
  /** After this nothing goes wrong any more, so that what was begun can come to its end. */
  #calm = false;

  constructor(random: Random) {
    this.#random = random;
    // One seed in ten is free of faults of its own; the others have some of them, stronger or weaker.
    const share = random.chance(0.1) ? 0 : random.between(0.1, 0.7);
    this.#rates = new Map(faultNames.map((name) => [name, random.chance(share) ? faultRates[name] * random.between(0.3, 2) : 0]));
  }

  /** Whether it strikes now. */
  strikes(fault: Fault): boolean {
    if (this.#calm || !this.#random.chance(this.#rates.get(fault) ?? 0)) return false;
    this.count(fault);
    return true;
  }

  count(fault: Fault, times = 1) {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + times);
  }

  /** However few faults the seed has, this is one of them, and as frequent. */
  insist(fault: Fault, rate: number) {
    this.#rates.set(fault, rate);
  }

  calmDown() {
    this.#calm = true;
  }
}
