import { type Circumstances, circumstancesOf } from './circumstances.ts';
import { MemoryDatabase } from './dynamodb/memory-database.ts';
import { Faults } from './faults.ts';
import type { Invariant } from './invariants/invariant.ts';
import { LedgerHistory } from './ledger-history.ts';
import { Random } from './random.ts';
import { Scheduler } from './scheduler.ts';

export const start = Date.parse('2026-11-27T01:00:00Z');

export type Violation = { invariant: Invariant; what: string };

/** What a seed's history happens in: one time, one chance, one database, and everything that went wrong. */
export class World {
  readonly random: Random;
  readonly circumstances: Circumstances;
  readonly scheduler = new Scheduler(start - 60_000);
  readonly faults: Faults;
  readonly database: MemoryDatabase;
  readonly history = new LedgerHistory();
  readonly violations: Violation[] = [];
  /** From when to when an editor wanted the digest held or cancelled. */
  readonly pauses: { hold: string; from: number; to: number }[] = [];
  /** When an editor would not wait any longer until something was heard of the canary. */
  readonly canaryLetGoAt: number[] = [];
  /** When an editor said "send to the unknown". */
  readonly sentToUnknownAt: number[] = [];
  /** The busiest second and the busiest ten, as shares of the rate. */
  busiest = { second: 0, ten: 0 };
  readonly #lines: ((line: string) => void) | undefined;

  constructor(seed: number, trace?: (line: string) => void) {
    this.random = new Random(seed);
    this.circumstances = circumstancesOf(this.random);
    this.faults = new Faults(this.random);
    this.#lines = trace;
    this.database = new MemoryDatabase({
      pageItems: this.random.pick([3, 10, 60, 1_000]),
      indexLater: (update) => this.#index(update),
      onWrite: (item) => this.history.wrote(item, this.scheduler.now),
    });
  }

  trace(line: string) {
    this.#lines?.(`${((this.scheduler.now - start) / 1_000).toFixed(3).padStart(10)} ${line}`);
  }

  violated(invariant: Invariant, what: string) {
    this.violations.push({ invariant, what });
    this.trace(`VIOLATED: ${invariant}: ${what}`);
  }

  #index(update: () => void) {
    const late = this.faults.strikes('index late');
    if (late) this.scheduler.after(this.random.between(100, 5_000), update);
    else this.scheduler.after(this.random.between(0, 20), update);
  }
}
