import type { Digest } from '../../digests/digest.ts';
import { maySendSome } from '../../digests/hold.ts';
import { isIssueDigest } from '../../digests/slot.ts';
import { minutes, type Now, type Sleep } from '../../platform/clock.ts';
import { faultOf, logger } from '../../platform/logger.ts';
import type { Ledger } from '../ledger.ts';
import type { BatchMessage } from '../reader-batch.ts';
import { freeBatches } from './free-batches.ts';
import type { WorkerDigests } from './worker-digests.ts';

export type FairShareServices = {
  digests: Pick<WorkerDigests, 'openIds' | 'current' | 'endHoldPeriod'>;
  ledger: Pick<Ledger, 'openPlaces' | 'readMany'>;
  /** From 0 to 1: workers look at different batches. */
  random: () => number;
  now: Now;
  sleep: Sleep;
};

/** A digest of which batches are planned; `free` are those that this process does not have in hand. */
type Lane = { digest: Digest; free: BatchMessage[] };

const lookEveryMs = 1_000;
/** So long a batch may wait in this process for its turn before it is claimed. */
const inHandMs = minutes(2);

/**
 * Whose batch a worker serves next, where several digests send. Their wake-ups may be thousands apart on the queue, so it finds batches
 * through the index instead. An issue that an editor sends now, or for its own moment, is urgent: while batches of it are free, no
 * worker begins a mail of a digest of the schedule. Digests of one kind have their turns one after another.
 */
export class FairShare {
  readonly #services: FairShareServices;
  #lanes: Lane[] = [];
  /** How many free batches the last look found. */
  #found = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  /** By digest: which turn of this process was its last. */
  readonly #lastTurns = new Map<string, number>();
  #turn = 0;
  /** By batch: when this process began to serve it. */
  readonly #inHand = new Map<string, number>();
  constructor(services: FairShareServices) {
    this.#services = services;
  }

  /**
   * The batch to serve before, or instead of, the one of a wake-up; undefined when the wake-up may be served. While others have the last
   * urgent batches in hand, one that would have to yield waits here.
   */
  async next(wakeUp: BatchMessage | undefined, hasTime: () => boolean): Promise<BatchMessage | undefined> {
    await this.#look();
    while (wakeUp && this.#nextLane() === undefined && this.#yields(wakeUp.digest) && hasTime()) {
      await this.#services.sleep(lookEveryMs / 2);
      await this.#look();
    }
    const lane = this.#nextLane();
    if (!lane) return undefined;
    this.#lastTurns.set(lane.digest.id, ++this.#turn);
    const isIts = wakeUp?.digest === lane.digest.id;
    const batch = isIts ? wakeUp : lane.free.shift();
    if (batch) this.#inHand.set(nameOf(batch), this.#services.now().getTime());
    return isIts ? undefined : batch;
  }

  /** Whether a digest's mails wait now, because an urgent one has batches that nobody serves. */
  async mustYield(digest: string): Promise<boolean> {
    if (isIssueDigest(digest)) return false;
    await this.#look();
    return this.#yields(digest);
  }

  /** Also to one that waits in this very process for its turn. */
  #yields(digest: string): boolean {
    return !isIssueDigest(digest) && this.#lanes.some((lane) => isIssueDigest(lane.digest.id));
  }

  /** Of those with a batch to serve, the one whose turn is longest ago. */
  #nextLane(): Lane | undefined {
    return this.#lanes.filter(({ free }) => free.length > 0).sort((a, b) => this.#lastTurn(a) - this.#lastTurn(b))[0];
  }

  /** A batch could not be sent, nor can others of this digest: until the next look nobody tries. */
  leave(digest: string) {
    this.#lanes = this.#lanes.filter((lane) => lane.digest.id !== digest);
    if (this.#lanes.length === 0) this.#found = 0;
  }

  #lastTurn = ({ digest }: Lane) => this.#lastTurns.get(digest.id) ?? 0;

  /** At most once a second, or when everything that the last look found is in hand. */
  async #look(): Promise<void> {
    const isUsedUp = this.#found > 0 && this.#lanes.every(({ free }) => free.length === 0);
    if (!isUsedUp && Math.abs(this.#services.now().getTime() - this.#lookedAt) < lookEveryMs) return;
    this.#looking ??= this.#lookNow().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  async #lookNow(): Promise<void> {
    try {
      this.#lanes = await this.#findLanes();
    } catch (error) {
      // Whatever it is, mails go on: wake-ups are served in the sequence of the queue meanwhile.
      this.#lanes = [];
      logger.error('A worker could not look which digests send', { fault: faultOf(error) });
    }
    this.#found = this.#lanes.reduce((sum, { free }) => sum + free.length, 0);
    this.#lookedAt = this.#services.now().getTime();
  }

  async #findLanes(): Promise<Lane[]> {
    const { digests } = this.#services;
    const open = await Promise.all((await digests.openIds()).map((id) => digests.current(id)));
    const sending = await Promise.all(open.map((digest) => (digest && isIssueDigest(digest.id) ? digests.endHoldPeriod(digest) : digest)));
    const lanes = sending.filter((digest) => digest?.issues !== undefined && maySendSome(digest)) as Digest[];
    const urgent = await this.#free(lanes.filter(({ id }) => isIssueDigest(id)));
    if (urgent.length > 0) return urgent;
    const others = lanes.filter(({ id }) => !isIssueDigest(id));
    return others.length > 1 ? this.#free(others) : [];
  }

  /** Those of these digests that have planned batches. */
  async #free(digests: readonly Digest[]): Promise<Lane[]> {
    const { ledger, random, now } = this.#services;
    for (const [name, at] of this.#inHand) if (now().getTime() - at > inHandMs) this.#inHand.delete(name);
    const lanes = await Promise.all(digests.map(async (digest) => ({ digest, free: await freeBatches(digest, random(), ledger) })));
    return lanes
      .filter(({ free }) => free.length > 0)
      .map(({ digest, free }) => ({ digest, free: free.filter((batch) => !this.#inHand.has(nameOf(batch))) }));
  }
}

const nameOf = ({ digest, shard, batch }: BatchMessage) => `${digest}#${shard}#${batch}`;
