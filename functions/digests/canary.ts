import * as z from 'zod';
import { minutesAfter } from '../platform/clock.ts';
import { shards } from '../platform/keys.ts';
import type { Settings } from '../platform/settings.ts';

/** How many readers one order holds: about 1 KB of ledger, so planning and claiming cost one write unit each. */
export const readersPerOrder = 50;

/**
 * The first orders of a digest, which go out alone and are watched before the others follow: of a first digest, after an
 * import, or when many readers are new. Ids of readers are keyed, so these orders are a random sample of mailbox providers.
 */
export const Canary = z.object({
  /** Order k is order ⌊k/16⌋ of shard k mod 16. */
  orders: z.number().int().min(1),
  /** How many readers it was meant to reach, before orders were filled. */
  readers: z.number().int(),
  why: z.enum(['first digest', 'after an import', 'many new readers', 'always']),
});
export type Canary = z.infer<typeof Canary>;

export type CanaryServices = {
  setting: Settings['canary'];
  /** Readers confirmed by a moment, and after another, shard by shard. */
  subscribers: { confirmedPerShard(confirmed: { until: string; after?: string }): Promise<number[]> };
  /** When the last audience was frozen, and when readers were last imported. */
  lastFrozenAt: () => Promise<string | undefined>;
  lastImportAt: () => Promise<string | undefined>;
};

const limits = { smallestList: 1_000, share: 0.02, atLeast: 50, atMost: 500, newShare: 0.1 };

/** The canary that a digest frozen at this moment needs, if it needs one. */
export async function planCanary(frozenAt: string, services: CanaryServices): Promise<Canary | undefined> {
  if (services.setting === 'never') return undefined;
  const perShard = await services.subscribers.confirmedPerShard({ until: frozenAt });
  const audience = sum(perShard);
  const why = services.setting === 'always' ? 'always' : audience >= limits.smallestList && (await reasonFor(frozenAt, audience, services));
  const readers = Math.min(limits.atMost, Math.max(limits.atLeast, Math.ceil(audience * limits.share)));
  // Where the canary would be everybody, nothing is left to hold back.
  return why && readers < audience ? { orders: ordersFor(readers, perShard), readers, why } : undefined;
}

async function reasonFor(frozenAt: string, audience: number, { subscribers, lastFrozenAt, lastImportAt }: CanaryServices) {
  const [lastDigest, lastImport] = await Promise.all([lastFrozenAt(), lastImportAt()]);
  if (!lastDigest) return 'first digest';
  if (lastImport && lastImport > lastDigest) return 'after an import';
  const fresh = sum(await subscribers.confirmedPerShard({ until: frozenAt, after: lastDigest }));
  return fresh > audience * limits.newShare && 'many new readers';
}

/** ⌈readers / 50⌉ where orders are full; some more where a shard has no 50 readers left. */
function ordersFor(readers: number, perShard: readonly number[]): number {
  let orders = 0;
  for (let covered = 0; covered < readers; orders += 1) {
    const left = (perShard[orders % shards.length] ?? 0) - Math.floor(orders / shards.length) * readersPerOrder;
    covered += Math.max(0, Math.min(left, readersPerOrder));
  }
  return orders;
}

type OrderPlace = { shard: string; order: number };

/** Where the canary's orders stand in the ledger; a shard that has lost readers since may have fewer. */
export const canaryPlaces = ({ orders }: Canary): OrderPlace[] =>
  Array.from({ length: orders }, (_, n) => ({ shard: shards[n % shards.length] ?? '', order: Math.floor(n / shards.length) }));

export const isInCanary = ({ orders }: Canary, { shard, order }: OrderPlace) => order * shards.length + shards.indexOf(shard) < orders;

/** Its time is over by so much that nobody waits for a look or a probe any more, but for SES's events. */
const patienceMinutes = 5;

/** Whether a canary still holds its digest because nothing is heard of it: SES's events do not come through. */
export const isUnjudged = ({ holds, canaryUntil }: { holds: ReadonlySet<string>; canaryUntil?: string | undefined }, now: Date): boolean =>
  holds.has('canary') && canaryUntil !== undefined && now >= minutesAfter(new Date(canaryUntil), patienceMinutes);

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);
