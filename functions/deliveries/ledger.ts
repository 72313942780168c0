import { keys } from '../platform/keys.ts';
import { callsText } from '../platform/metering/aws-calls.ts';
import type { Table } from '../platform/table.ts';
import { noteOf, type Reopening } from './again/reopening.ts';
import { BatchIndex, placeOf, unknownsOf } from './batch-index.ts';
import { Evidence, type EvidenceKind, evidenceAttribute, watchedAttribute } from './evidence.ts';
import { keyOf, LedgerReader } from './ledger-reader.ts';
import type { ShardPlan } from './planning/shard-plan.ts';
import {
  type BatchMessage,
  batchFrom,
  type ClaimedBatch,
  noProvider,
  type OutcomeLetter,
  openPositions,
  outcomes,
  packIds,
  type ReaderBatch,
} from './reader-batch.ts';
import { type BatchUsage, usageText } from './report/batch-usage.ts';
import { Segments } from './segments/segments.ts';

export type BatchPlan = BatchMessage & Pick<ReaderBatch, 'plannedAt' | 'before' | 'from' | 'through'> & { readers: readonly string[] };

/** What a worker writes down at the end of a claim: every position's outcome and provider, what it used, and whether it got anywhere. */
export type Settlement = {
  outcomes: readonly OutcomeLetter[];
  providers?: readonly string[];
  stalled?: number;
  usage?: BatchUsage;
  /** The providers, by their letters, that the remaining readers wait for: the batch is postponed until one of them is not. */
  waitsFor?: ReadonlySet<string> | undefined;
  now: Date;
};

/** The truth about who gets a digest: one item per batch, each move of which is a condition on the one before. */
export class Ledger extends LedgerReader {
  readonly #table: Table;
  readonly #index: BatchIndex;
  /** The sums of a hundred batches each. Whatever changes them here marks them; planning does so once a turn. */
  readonly segments: Segments;
  constructor(table: Table) {
    super(table);
    this.#table = table;
    this.#index = new BatchIndex(table);
    this.segments = new Segments(table, this);
  }

  /** The batch as it is now: this plan, or the one that was written before it. */
  async plan({ readers, plannedAt, before, from, through, ...message }: BatchPlan): Promise<ReaderBatch> {
    const key = keyOf(message);
    const item = { state: 'planned', readers: packIds(readers), plannedAt, before, from, through };
    const { ':openDigest': openDigest, ':openBatch': openBatch } = placeOf(message);
    const planned = await this.#table.put({ ...key, ...item, openDigest, openBatch }, { expression: 'attribute_not_exists(pk)' });
    // What was written a moment ago need not be read; that it was there already may be the SDK's own second try.
    if (planned) return batchFrom(message, item);
    return this.#mustRead(message);
  }

  /**
   * The batch, for exactly one caller at a time: the one that gets it may send. A request that the SDK repeats is the same claim,
   * since it has the same `claimId`.
   */
  async claim(message: BatchMessage, claimId: string, leaseUntil: number): Promise<ClaimedBatch | undefined> {
    const item = await this.#table.update(keyOf(message), {
      // A batch that was postponed is among the open ones again. For all others the index does not change.
      set: 'SET #state = :claimed, claimId = :claimId, leaseUntil = :lease, openDigest = :openDigest, openBatch = :openBatch ADD attempt :one',
      condition: '#state = :planned OR (#state = :claimed AND claimId = :claimId)',
      names: { '#state': 'state' },
      values: {
        ':claimed': 'claimed',
        ':planned': 'planned',
        ':claimId': claimId,
        ':lease': leaseUntil,
        ':one': 1,
        ...placeOf(message),
      },
    });
    if (item) return batchFrom(message, item) as ClaimedBatch;
    // The worker that settled it may have died before it said so.
    if ((await this.read(message))?.state === 'settled') await this.segments.mark(message);
    return undefined;
  }

  /**
   * Writes down what became of a claim, if it is still the caller's: settled when every position has an outcome, else
   * planned again. `lost` means that another attempt has the batch by now; what SES accepted from the caller is then
   * added to the evidence, and nothing else changes.
   */
  async settle(
    batch: ClaimedBatch,
    { outcomes: letters, providers = batch.providers, usage, stalled = 0, waitsFor, now }: Settlement,
  ): Promise<'settled' | 'planned' | 'lost'> {
    const state = letters.includes(outcomes.open) ? 'planned' : 'settled';
    const unknown = letters.includes(outcomes.unknown);
    const known = providers.some((letter) => letter !== noProvider);
    const postponed = state === 'planned' && waitsFor ? placeOf(batch, waitsFor) : undefined;
    const index = postponed
      ? ', openDigest = :openDigest, openBatch = :openBatch'
      : state === 'settled'
        ? unknown
          ? ', openDigest = :unknowns'
          : ' REMOVE openDigest, openBatch'
        : '';
    const item = await this.#table.update(keyOf(batch), {
      set: `SET #state = :state, outcomes = :outcomes, stalled = :stalled, wokenAt = :now${known ? ', providers = :providers' : ''}${usage ? ', #usage = :usage' : ''}${unknown ? ', unknownAt = :now' : ''}${index}`,
      condition: '#state = :claimed AND attempt = :attempt AND claimId = :claimId',
      names: { '#state': 'state', ...(usage && { '#usage': 'usage' }) },
      values: {
        ':state': state,
        ':outcomes': letters.join(''),
        ':stalled': stalled,
        ':claimed': 'claimed',
        ':attempt': batch.attempt,
        ':claimId': batch.claimId,
        ':now': now.getTime(),
        ...(known && { ':providers': providers.join('') }),
        ...(usage && { ':usage': usageText(usage) }),
        ...(unknown && state === 'settled' && { ':unknowns': unknownsOf(batch.digest) }),
        ...postponed,
      },
    });
    const end = item ? state : await this.#afterFailedSettle(batch, letters, state);
    if (end !== 'lost') await this.segments.mark(batch);
    return end;
  }

  /** Postpones a planned batch in which only readers of these providers are left. False when it has changed since it was read. */
  async setAside(batch: ReaderBatch, providers: readonly string[], waitsFor: ReadonlySet<string>): Promise<boolean> {
    const written = { ':providers': providers.join(''), ...placeOf(batch, waitsFor) };
    const item = await this.#table.update(keyOf(batch), {
      set: 'SET providers = :providers, openDigest = :openDigest, openBatch = :openBatch',
      condition: '#state = :planned AND (outcomes = :outcomes OR attribute_not_exists(outcomes))',
      names: { '#state': 'state' },
      values: { ':planned': 'planned', ':outcomes': batch.outcomes.join(''), ...written },
    });
    if (item) await this.segments.mark(batch);
    return item !== undefined;
  }

  /** The write may have taken effect although its answer was lost: then the table has what this caller wrote. */
  async #afterFailedSettle(batch: ClaimedBatch, letters: readonly OutcomeLetter[], state: 'settled' | 'planned') {
    const now = await this.#mustRead(batch);
    const mine = now.attempt === batch.attempt && now.claimId === batch.claimId;
    if (mine && now.state === state && now.outcomes.join('') === letters.join('')) return state;
    const accepted = openPositions(batch).filter((position) => letters[position] === outcomes.submitted);
    if (accepted.length > 0) await this.addEvidence(batch, batch.attempt, new Map([['sent', accepted]]));
    return 'lost';
  }

  /**
   * The one way back from an outcome: these positions of a batch are open again, and noted in its segment before that. Its other unknown
   * positions are submitted if there is evidence of them. Only if the batch has not changed since it was read.
   */
  async reopen(batch: ReaderBatch, evidence: Evidence, reopening: Reopening): Promise<'planned' | 'settled' | 'changed'> {
    const count = reopening.positions.length;
    const noteNoMore = count > 0 ? await this.segments.noteReopening(batch, count, reopening.now) : () => this.segments.mark(batch);
    const state = await this.#reopen(batch, evidence, reopening);
    await noteNoMore();
    return state;
  }

  async #reopen(batch: ReaderBatch, evidence: Evidence, reopening: Reopening) {
    const again = new Set(reopening.positions);
    const letters = batch.outcomes.map((letter, position) => {
      if (again.has(position)) return outcomes.open;
      return letter === outcomes.unknown && evidence.isAccepted(position) ? outcomes.submitted : letter;
    });
    const state = letters.includes(outcomes.open) ? 'planned' : 'settled';
    const left = letters.includes(outcomes.unknown);
    const index = state === 'planned' ? ', openDigest = :openDigest, openBatch = :openBatch' : left ? '' : ' REMOVE openDigest, openBatch';
    const { set, values } = noteOf(batch, reopening);
    const item = await this.#table.update(keyOf(batch), {
      set: `SET #state = :state, outcomes = :outcomes${set}${index}`,
      condition: '#state = :was AND attempt = :attempt AND outcomes = :before',
      names: { '#state': 'state' },
      values: {
        ':state': state,
        ':was': batch.state,
        ':outcomes': letters.join(''),
        ':before': batch.outcomes.join(''),
        ':attempt': batch.attempt,
        ...(state === 'planned' && placeOf(batch)),
        ...values,
      },
    });
    return item ? state : 'changed';
  }

  /** A planned batch is about to be woken again. False when it is not planned any more. */
  async woken(batch: BatchMessage, now: Date): Promise<boolean> {
    const item = await this.#table.update(keyOf(batch), {
      set: 'SET wokenAt = :now',
      condition: '#state = :planned',
      names: { '#state': 'state' },
      values: { ':planned': 'planned', ':now': now.getTime() },
    });
    return item !== undefined;
  }

  /** Ends a planned batch that no worker has claimed, under the same condition as a claim. */
  async skipRest(batch: ReaderBatch, reason: 'cancelled' | 'provider'): Promise<boolean> {
    const letters = batch.outcomes.map((letter) => (letter === outcomes.open ? outcomes[reason] : letter));
    const item = await this.#table.update(keyOf(batch), {
      set: 'SET #state = :settled, outcomes = :outcomes REMOVE openDigest, openBatch',
      condition: '#state = :planned',
      names: { '#state': 'state' },
      values: { ':settled': 'settled', ':planned': 'planned', ':outcomes': letters.join('') },
    });
    if (item) await this.segments.mark(batch);
    return item !== undefined;
  }

  /**
   * Sets only grow, so repetition and any order of events do no harm. One write per reader batch and call, which also tells what
   * the batch's evidence is by now.
   */
  async addEvidence(message: BatchMessage, attempt: number, seen: ReadonlyMap<EvidenceKind, readonly number[]>): Promise<Evidence> {
    const kinds = [...seen].filter(([, positions]) => positions.length > 0);
    if (kinds.length === 0) return new Evidence();
    const item = await this.#table.update(keys.evidence(message.digest, message.shard, message.batch), {
      set: `ADD ${kinds.map((_, n) => `#k${n} :p${n}`).join(', ')}`,
      names: Object.fromEntries(kinds.map(([kind], n) => [`#k${n}`, evidenceAttribute(kind, attempt)])),
      values: Object.fromEntries(kinds.map(([, positions], n) => [`:p${n}`, new Set(positions)])),
    });
    await this.segments.mark(message);
    return new Evidence(item);
  }

  /** From now on the writer of a delivery of this position sees that it matters. Returns the evidence so far. */
  async watch(message: BatchMessage, position: number): Promise<Evidence> {
    const item = await this.#table.update(keys.evidence(message.digest, message.shard, message.batch), {
      set: 'ADD #watched :position',
      names: { '#watched': watchedAttribute },
      values: { ':position': new Set([position]) },
    });
    return new Evidence(item);
  }

  /** Batches of a digest that are not settled and are not postponed. */
  async openBatches(digest: string, limit: number): Promise<ReaderBatch[]> {
    return this.readMany(await this.#index.under(digest, limit));
  }

  /** Settled batches of a digest that have positions nobody knows about. */
  async unknownBatches(digest: string, limit: number): Promise<ReaderBatch[]> {
    return this.readMany(await this.#index.under(unknownsOf(digest), limit));
  }

  /** Batches that wait for a postponed provider although that provider is not postponed any longer. */
  async batchesPostponed(digest: string, isPostponed: (letter: string) => boolean, limit: number): Promise<ReaderBatch[]> {
    return this.readMany(await this.#index.postponedFor(digest, isPostponed, limit));
  }

  /**
   * All batches of a digest that may be woken: the open ones and those no longer postponed, by the index alone. A batch may have been
   * claimed since.
   */
  async batchesToWake(digest: string, staysPostponed?: (letter: string) => boolean): Promise<BatchMessage[]> {
    const all = Number.POSITIVE_INFINITY;
    const [open, back] = await Promise.all([
      this.#index.under(digest, all),
      staysPostponed ? this.#index.postponedFor(digest, staysPostponed, all) : [],
    ]);
    return [...open, ...back];
  }

  /** Where open batches of a digest are, by the index alone. */
  openPlaces(digest: string, limit: number): Promise<BatchMessage[]> {
    return this.#index.under(digest, limit);
  }

  hasOpenBatches(digest: string, where?: { postponed: boolean }): Promise<boolean> {
    return this.#index.hasAny(digest, where);
  }

  /** Records that a shard's walk has ended, and what it planned. A copy that ends later has asked for next to nothing itself. */
  async recordPlanned(digest: string, shard: string, { calls, batches, readers, endedAt }: ShardPlan): Promise<void> {
    await this.#table.update(keys.shardPlan(digest, shard), {
      set: `SET batches = :batches, readers = :readers, endedAt = :endedAt${calls ? ', calls = if_not_exists(calls, :calls)' : ''}`,
      values: { ':batches': batches, ':readers': readers, ':endedAt': endedAt, ...(calls && { ':calls': callsText(calls) }) },
    });
  }

  async #mustRead(message: BatchMessage): Promise<ReaderBatch> {
    const batch = await this.read(message);
    if (!batch) throw new Error(`ReaderBatch ${message.digest}#${message.shard}#${message.batch} was written and is not there.`);
    return batch;
  }
}
