import { reachOf } from '../../digests/delivery-report.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { type Wish, wishAttribute, wishesIn } from '../../digests/wishes/wish.ts';
import type { WishStore } from '../../digests/wishes/wish-store.ts';
import type { Now } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';
import type { Queue } from '../../platform/queue.ts';
import type { Evidence } from '../evidence.ts';
import type { Ledger } from '../ledger.ts';
import { type BatchMessage, batchMessage, outcomes, type ReaderBatch } from '../reader-batch.ts';
import { takeReport } from '../report/current-report.ts';
import { quietSince } from '../resolve-unknown.ts';
import { currentSegments } from '../segments/current-segments.ts';
import { isUnfinished } from '../segments/segments.ts';
import { positionsReached } from './positions-again.ts';

export type WishServices = {
  digests: Pick<DigestStore, 'reopen'>;
  wishes: Pick<WishStore, 'fulfilled'>;
  ledger: Pick<Ledger, 'entries' | 'reopen' | 'plannedShards' | 'segments'>;
  batches: Queue<BatchMessage>;
  now: Now;
};

type Entry = { batch: ReaderBatch; evidence: Evidence };

/** A batch takes four or five calls, one after another. */
const batchesAtOnce = 10;

/**
 * Opens positions again as an editor wished, in every batch once for each wish. Only segments that have such readers are read, and
 * what was opened is in their sums afterwards: so the look that goes on where another worker died finds what is left.
 * @returns how many batches have to wait for a later look, because they are being sent or nobody may judge by their evidence yet
 */
export async function fulfilWishes(digest: Digest, services: WishServices, hasTime = () => true): Promise<number> {
  let left = 0;
  for (const wish of wishesIn(digest)) left += await fulfil(wish, digest, services, hasTime);
  return left;
}

async function fulfil(wish: Wish, { id, phase }: Digest, services: WishServices, hasTime: () => boolean): Promise<number> {
  const { digests, wishes, ledger, now } = services;
  let left = 0;
  let isOpen = phase === 'open';
  const planned = await ledger.plannedShards(id);
  for await (const { shard, segment, sums, isCurrent } of currentSegments(id, planned, services, { hasTime, alsoFold: isUnfinished })) {
    if (isCurrent && reachOf({ ...sums.counts, skipped: sums.skipped })[wish.kind] === 0) continue;
    const entries = isCurrent && hasTime() ? await Array.fromAsync(ledger.entries(id, shard, { segment })) : undefined;
    if (!entries) {
      left += 1;
      continue;
    }
    const reached = entries.filter(({ batch, evidence }) => positionsFor(wish, batch, evidence).length > 0);
    // Opened before a batch is planned: a crash in between leaves a digest that ends again, not a batch that cannot be claimed.
    if (reached.length > 0 && !isOpen) await digests.reopen(id);
    isOpen ||= reached.length > 0;
    while (reached.length > 0) {
      const answers = await Promise.all(reached.splice(0, batchesAtOnce).map((entry) => reopen(wish, entry, services)));
      left += answers.filter((answer) => answer === 'later').length;
    }
  }
  if (left > 0) return left;
  const { report, isWhole } = await takeReport(id, { ledger, now }, { hasTime });
  if (!isWhole) return 1;
  await wishes.fulfilled(id, wish, report);
  return 0;
}

/** None if the wish was fulfilled here before. Who became unknown since is not who the editor meant. */
function positionsFor(wish: Wish, batch: ReaderBatch, evidence: Evidence): number[] {
  if (batch[wishAttribute(wish.kind)] === wish.at) return [];
  const isMeant = (position: number) => batch.outcomes[position] !== outcomes.unknown || (batch.unknownAt ?? 0) <= Date.parse(wish.at);
  return positionsReached(wish.kind, batch, evidence).filter(isMeant);
}

async function reopen(wish: Wish, { batch, evidence }: Entry, { ledger, batches, now }: WishServices): Promise<'reopened' | 'later'> {
  const positions = positionsFor(wish, batch, evidence);
  const isUnknown = positions.some((position) => batch.outcomes[position] === outcomes.unknown);
  if (batch.state === 'claimed' || (isUnknown && now().getTime() <= quietSince(batch))) return 'later';
  // Another look comes to what somebody has changed meanwhile.
  if ((await ledger.reopen(batch, evidence, { positions, wish, now: now() })) === 'changed') return 'later';
  logger.info('Opened positions again for an editor', {
    ...batchMessage(batch),
    wish: wish.kind,
    attempt: batch.attempt,
    positions: positions.length,
  });
  await batches.send(batchMessage(batch));
  return 'reopened';
}
