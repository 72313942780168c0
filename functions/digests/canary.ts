import * as z from 'zod';
import { days, minutesAfter } from '../platform/clock.ts';
import { type ShardCount, shardsOf } from '../platform/keys.ts';
import type { Settings } from '../settings/settings.ts';

/** How many readers one batch holds: about 1 KB of ledger, so planning and claiming cost one write unit each. */
export const readersPerBatch = 50;

/**
 * The first batches of a digest, which go out alone and are watched before the others follow: of a first digest, after an import or a
 * long pause, or when many readers are new. Readers' ids are keyed hashes, so these batches are a random sample of mailbox providers.
 */
export const Canary = z.object({
  /** Of s shards, the k-th is batch ⌊k/s⌋ of shard k mod s. */
  batches: z.number().int().min(1),
  /** How many readers it was meant to reach, before batches were filled. */
  readers: z.number().int(),
  why: z.enum(['first digest', 'after an import', 'many new readers', 'after a long pause', 'always']),
});
export type Canary = z.infer<typeof Canary>;

export type CanaryServices = {
  setting: Settings['canary'];
  /** Readers confirmed by a moment, and after another, shard by shard. */
  subscribers: { confirmedPerShard(confirmed: { until: string; after?: string; shards?: ShardCount }): Promise<number[]> };
  /** When the last audience was frozen, and when readers were last imported. */
  lastFrozenAt: () => Promise<string | undefined>;
  lastImportAt: () => Promise<string | undefined>;
};

/** Fewer would hardly show a share of dead mailboxes; of more, too many are mailed before anybody knows. */
const canaryReaders = 50;
const smallestList = 100;
const newShare = 0.1;
/** A list loses a fifth to a quarter of its mailboxes a year: by then about as many as trip the brake. */
const longPauseMs = days(90);

/** The canary that a digest frozen at this moment needs, if it needs one. */
export async function planCanary(frozenAt: string, services: CanaryServices, shards: ShardCount = 16): Promise<Canary | undefined> {
  if (services.setting === 'never') return undefined;
  const perShard = await services.subscribers.confirmedPerShard({ until: frozenAt, shards });
  const audience = sum(perShard);
  const why = services.setting === 'always' ? 'always' : audience >= smallestList && (await reasonFor(frozenAt, audience, services));
  // A canary of all readers would leave nobody to wait.
  return why && audience > canaryReaders ? { batches: batchesFor(canaryReaders, perShard), readers: canaryReaders, why } : undefined;
}

async function reasonFor(frozenAt: string, audience: number, { subscribers, lastFrozenAt, lastImportAt }: CanaryServices) {
  const [lastDigest, lastImport] = await Promise.all([lastFrozenAt(), lastImportAt()]);
  if (!lastDigest) return 'first digest';
  if (lastImport && lastImport > lastDigest) return 'after an import';
  if (Date.parse(frozenAt) - Date.parse(lastDigest) > longPauseMs) return 'after a long pause';
  const fresh = sum(await subscribers.confirmedPerShard({ until: frozenAt, after: lastDigest }));
  return fresh > audience * newShare && 'many new readers';
}

/** One where shards have fifty readers; some more where they have fewer. */
function batchesFor(readers: number, perShard: readonly number[]): number {
  let batches = 0;
  for (let covered = 0; covered < readers; batches += 1) {
    const left = (perShard[batches % perShard.length] ?? 0) - Math.floor(batches / perShard.length) * readersPerBatch;
    covered += Math.max(0, Math.min(left, readersPerBatch));
  }
  return batches;
}

type BatchPlace = { shard: string; batch: number };

/** The places of the canary's batches in the ledger. A shard that has lost readers since may have fewer. */
export const canaryPlaces = ({ batches }: Pick<Canary, 'batches'>, shards: ShardCount = 16): BatchPlace[] =>
  Array.from({ length: batches }, (_, n) => ({ shard: shardsOf(shards)[n % shards] ?? '', batch: Math.floor(n / shards) }));

/** Whether a batch is among the first so many, in the canary's sequence. */
export const isAmongFirst = (batches: number, { shard, batch }: BatchPlace, shards: ShardCount = 16) =>
  batch * shards + shardsOf(shards).indexOf(shard) < batches;

/** After its canary a digest speeds up: each minute so many times as many readers have it, until nobody waits any more. */
const speedUp = 4;
const steps = 3;

/** How many batches may go in the next minute, after the canary or after so many; undefined: all. */
export function nextSlowStart({ batches }: Pick<Canary, 'batches'>, before = batches): number | undefined {
  return before < batches * speedUp ** steps ? before * speedUp : undefined;
}

/** So long after its time only missing events of SES can be the reason that it is not judged. */
const patienceMinutes = 5;

/** Whether a canary still holds its digest because SES's events do not arrive. */
export const isUnjudged = ({ holds, canaryUntil }: { holds: ReadonlySet<string>; canaryUntil?: string | undefined }, now: Date): boolean =>
  holds.has('canary') && canaryUntil !== undefined && now >= minutesAfter(new Date(canaryUntil), patienceMinutes);

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);
