import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { WishKind } from '../../functions/digests/wishes/wish.ts';
import { keys } from '../../functions/platform/keys.ts';
import { type Circumstances, circumstancesOf } from './circumstances.ts';
import { MemoryDatabase } from './dynamodb/memory-database.ts';
import { Faults } from './faults.ts';
import type { Invariant } from './invariants/invariant.ts';
import { BreakerHistory, LedgerHistory } from './ledger-history.ts';
import type { OutageKind, SimulatedOutage } from './outages.ts';
import { Random } from './random.ts';
import { Scheduler } from './scheduler.ts';
import type { Worker } from './services/worker.ts';

export const start = Date.parse('2026-11-27T01:00:00Z');
/** The digest of the schedule; others may be sent beside it. */
export const digestId = '2026-11-27T0100Z';

export type Violation = { invariant: Invariant; what: string };

/** The state of one seed: its clock, its random numbers, its database, and all faults and violations. */
export class World {
  readonly random: Random;
  readonly circumstances: Circumstances;
  readonly scheduler = new Scheduler(start - 60_000);
  readonly faults: Faults;
  readonly database: MemoryDatabase;
  readonly breaker = new BreakerHistory();
  /** Of each digest, by its id. */
  readonly histories = new Map<string, LedgerHistory>();
  /** Whose a claim is. */
  readonly claimers = new Map<string, Worker>();
  readonly violations: Violation[] = [];
  /** From when to when an editor wanted the digest held or cancelled. */
  readonly pauses: { digest: string; hold: string; from: number; to: number }[] = [];
  /** From when to when the watch looked after all digests, nothing of which failed. */
  readonly looks: { from: number; to: number }[] = [];
  /** When an editor resumed a digest whose canary had no events. */
  readonly canaryLetGoAt: { digest: string; at: number }[] = [];
  /** When an editor wanted readers planned again, or mailed again. */
  readonly wishes: { digest: string; kind: WishKind; at: number }[] = [];
  /** When AWS itself is out of order. It is not over when the faults are. */
  outage: SimulatedOutage | undefined;
  /** The busiest second and the busiest ten, as shares of the rate. */
  busiest = { second: 0, ten: 0 };
  readonly #lines: ((line: string) => void) | undefined;

  constructor(seed: number, trace?: (line: string) => void, circumstances: Partial<Circumstances> = {}) {
    this.random = new Random(seed);
    this.circumstances = { ...circumstancesOf(this.random), ...circumstances };
    this.faults = new Faults(this.random);
    this.#lines = trace;
    this.database = new MemoryDatabase({
      pageItems: this.random.pick([3, 10, 60, 1_000]),
      indexLater: (update) => this.#index(update),
      copyLater: (update) => this.#copy(update),
      onWrite: (item) => this.#wrote(item, this.scheduler.now),
    });
  }

  /** What the digest of the schedule went through. */
  get history(): LedgerHistory {
    return this.historyOf(digestId);
  }

  historyOf(digest: string): LedgerHistory {
    const known = this.histories.get(digest) ?? new LedgerHistory(digest, this.claimers);
    this.histories.set(digest, known);
    return known;
  }

  #wrote(item: Record<string, AttributeValue>, at: number) {
    const [noun, digest = ''] = (item.pk?.S ?? '').split('#');
    if (noun === keys.pace.pk) this.breaker.wrote(item, at);
    if (noun === 'DIGEST') this.historyOf(digest).wrote(item, at);
  }

  trace(line: string) {
    this.#lines?.(`${((this.scheduler.now - start) / 1_000).toFixed(3).padStart(10)} ${line}`);
  }

  /** Whether one of these is out of order now. */
  isOut(...kinds: OutageKind[]): boolean {
    const { now } = this.scheduler;
    const { outage } = this;
    return outage !== undefined && kinds.includes(outage.kind) && now >= outage.from && now < outage.until;
  }

  violated(invariant: Invariant, what: string) {
    this.violations.push({ invariant, what });
    this.trace(`VIOLATED: ${invariant}: ${what}`);
  }

  /** DynamoDB promises that a copy has a write within a second, usually. */
  #copy(update: () => void) {
    if (this.faults.strikes('copy of an item late')) this.scheduler.after(this.random.between(0, 1_000), update);
    else update();
  }

  #index(update: () => void) {
    const late = this.faults.strikes('index late');
    if (late) this.scheduler.after(this.random.between(100, 5_000), update);
    else this.scheduler.after(this.random.between(0, 20), update);
  }
}
