import { readersPerBatch } from '../digests/canary.ts';
import type { Digest } from '../digests/digest.ts';
import { type PlanMessage, planMessage } from '../digests/digest-messages.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { Now } from '../platform/clock.ts';
import type { AwsCalls } from '../platform/metering/aws-calls.ts';
import type { Queue } from '../platform/queue.ts';
import type { Ledger } from './ledger.ts';
import { planningYields } from './planning/urgent-planning.ts';
import { type BatchMessage, batchMessage, type ReaderBatch } from './reader-batch.ts';
import { segmentOf } from './segments/segment-of.ts';
import type { Segments } from './segments/segments.ts';

/** One key of a shard's walk; only the confirmed are planned, but every key moves the walk on. */
export type WalkedReader = { id: string; confirmed: boolean };

type Walk = Pick<Digest, 'frozenAt' | 'shards'> & { after?: string };

export type PlanningServices = {
  digests: Pick<DigestStore, 'find' | 'openIds'>;
  subscribers: { confirmedIn(shard: string, walk: Walk): AsyncIterable<WalkedReader> };
  ledger: Pick<Ledger, 'plan' | 'lastPlanned' | 'readMany' | 'isPlanned' | 'recordPlanned' | 'plannedShards'> & {
    segments: Pick<Segments, 'mark'>;
  };
  batches: Queue<BatchMessage>;
  plans: Pick<Queue<PlanMessage>, 'send'>;
  /** What this process has asked of AWS since it was last asked. */
  spent: () => AwsCalls;
  /** The last shard to be planned may be an empty one, after every batch has been settled. */
  finishIfComplete: (id: string) => Promise<unknown>;
  now: Now;
};

/** So many batches make a turn: then the next shard has its turn, so that no shard's readers are mailed before all others. */
const batchesPerTurn = 100;
/** What is urgent has a turn or two in this time. */
const secondsToYield = 5;
/** Sending the last wake-ups takes less. */
const millisecondsToStop = 500;

type Turn = { digest: Digest; shard: string; last: ReaderBatch | undefined };

/**
 * Plans the batches of one shard: everybody confirmed when the digest was frozen, in key order. The shard's last batch is where a
 * turn goes on, whatever became of the one before it, so planning ends however often its workers die. A batch that somebody else
 * has written is another copy's of this message: the turn leaves the shard to that copy. Should that one die, the watch sees that
 * nothing moves, and asks again.
 */
export async function planDigest(
  { digest: id, shard, told }: PlanMessage,
  services: PlanningServices,
  remainingMilliseconds: () => number,
) {
  const { ledger, plans, now } = services;
  const digest = await services.digests.find(id);
  if (digest?.phase !== 'open') return 'over';
  // How many shards there are is decided with its issues.
  if (!digest.issues) return 'not_frozen';
  if (await ledger.isPlanned(id, shard)) return ended('planned_before');
  if (await planningYields(digest, services)) {
    await plans.send(planMessage(id, shard, told), { delaySeconds: secondsToYield });
    return 'yields';
  }
  const last = await ledger.lastPlanned(id, shard);
  await tell(await untold(last, told, ledger), services);
  const turn = await planSome({ digest, shard, last }, services, remainingMilliseconds);
  await tell(turn.planned, services);
  if (turn.end === 'left_to_another') return turn.end;
  const reached = totalsWith(turn.planned.at(-1) ?? last);
  if (turn.end === 'handed_over') {
    await plans.send(planMessage(id, shard, reached.batches));
    return turn.end;
  }
  await ledger.recordPlanned(id, shard, { ...reached, endedAt: now().getTime(), calls: services.spent() });
  return ended(turn.end);

  /** Also by a copy that comes later: the one before it may have died on the way. */
  async function ended<End>(end: End) {
    await services.finishIfComplete(id);
    return end;
  }
}

/** One turn's batches. */
async function planSome(
  { digest, shard, last }: Turn,
  { ledger, subscribers, now }: PlanningServices,
  remainingMilliseconds: () => number,
) {
  const planned: ReaderBatch[] = [];
  const ended = <End>(end: End) => ({ planned, end });
  let from = last?.through ?? '';
  const walk = { frozenAt: digest.frozenAt, shards: digest.shards, ...(from && { after: from }) };
  for await (const readers of batchesOf(subscribers.confirmedIn(shard, walk))) {
    // A batch more, and nothing else, is known to follow.
    if (planned.length > 0 && (planned.length >= batchesPerTurn || remainingMilliseconds() < millisecondsToStop))
      return ended('handed_over');
    const before = totalsWith(planned.at(-1) ?? last);
    const [through, plannedAt] = [readers.at(-1) ?? '', now().getTime()];
    const plan = { digest: digest.id, shard, batch: before.batches, readers, plannedAt, before: before.readers, from, through };
    const batch = await ledger.plan(plan);
    if (batch.plannedAt !== plannedAt || batch.through !== through) return ended('left_to_another');
    planned.push(batch);
    from = through;
  }
  return ended('planned');
}

/** The readers of one batch after another. */
async function* batchesOf(keys: AsyncIterable<WalkedReader>): AsyncGenerator<string[]> {
  let readers: string[] = [];
  for await (const { id, confirmed } of keys) {
    if (confirmed) readers.push(id);
    if (readers.length < readersPerBatch) continue;
    yield readers;
    readers = [];
  }
  if (readers.length > 0) yield readers;
}

/** What is planned of a shard with this batch as its last. */
const totalsWith = (last: ReaderBatch | undefined) =>
  last ? { batches: last.batch + 1, readers: last.before + last.readers.length } : { batches: 0, readers: 0 };

/** Of batches in their sequence: wakes those that are still planned, and has their segments summed. A turn reaches into two at most. */
async function tell(planned: readonly ReaderBatch[], { ledger, batches }: Pick<PlanningServices, 'ledger' | 'batches'>) {
  const [first, last] = [planned.at(0), planned.at(-1)];
  if (!first || !last) return;
  await Promise.all([first, ...(segmentOf(first) === segmentOf(last) ? [] : [last])].map((batch) => ledger.segments.mark(batch)));
  await batches.sendAll(planned.filter(({ state }) => state === 'planned').map(batchMessage));
}

/** A worker that died may have planned these and told nobody; it had no more than one turn. */
async function untold(last: ReaderBatch | undefined, told: number, ledger: Pick<Ledger, 'readMany'>): Promise<ReaderBatch[]> {
  const { batches } = totalsWith(last);
  if (!last || told >= batches) return [];
  const first = Math.max(told, batches - batchesPerTurn, 0);
  const messages = Array.from({ length: batches - first }, (_, n) => ({ digest: last.digest, shard: last.shard, batch: first + n }));
  return ledger.readMany(messages);
}
