import { isAmongFirst } from '../../../functions/digests/canary.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import type { World } from '../world.ts';
import type { DigestRecord } from './check.ts';

const minute = 60_000;

/** Two seconds after it was written how far a digest may go, no mail beyond that is accepted from a worker that stood not still. */
export function checkSlowStart(world: World, { shards }: Digest, { history: { slowStarts }, books }: DigestRecord) {
  if (slowStarts.length > 0) world.faults.count('digest sped up after its canary');
  if (world.faults.counts.has('worker frozen and thawed later') || world.faults.counts.has('read slow')) return;
  for (const { batches, from, to } of slowStarts) {
    const early = books.find(
      ({ at, tags }) =>
        at > from + 2_000 && at < to && !isAmongFirst(batches, { shard: tags.shard ?? '', batch: Number(tags.batch) }, shards),
    );
    if (early)
      world.violated(
        'after its canary a digest speeds up',
        `batch ${early.tags.shard}#${early.tags.batch} went among the first ${batches}`,
      );
  }
}

/**
 * When the ledger knows that a tenth of what went out came back, ten mails and more, nothing goes out for longer than it takes the watch
 * to look twice, before the brake holds for the first time.
 */
export function checkBrake(world: World, { trip }: Digest, { digest, history, books }: DigestRecord) {
  const { faults } = world;
  const brakedAt = history.holds.find(({ hold }) => hold === 'brake')?.from ?? Number.POSITIVE_INFINITY;
  if (trip) faults.count('brake tripped');
  // What is postponed, and its refusals, count apart.
  if (history.postponed.length > 0 || faults.counts.has('outage of the table')) return;
  const sentBy = (moment: number) => books.filter(({ at }) => at <= moment).length;
  const isMuch = (at: number, n: number) => n >= 9 && (n + 1) * 10 >= sentBy(at) && history.confirmedBy(at) >= 50;
  const knownAt = history.cameBackAt.find(isMuch);
  // The first look may come before the marks of what it is to sum.
  const [, look] = world.looks.filter(({ from }) => from > (knownAt ?? Number.POSITIVE_INFINITY)).sort((a, b) => a.to - b.to);
  if (knownAt === undefined || !look) return;
  const late = books.find(({ at }) => at > look.to + minute && at < brakedAt);
  // What an editor has seen when they wanted somebody mailed again does not count.
  if (late && world.wishes.some((wish) => wish.digest === digest && wish.at < late.at)) return;
  // What is held is not judged, and may go on for a minute when that ends.
  const stillBad =
    late && !history.wasPausedBetween(knownAt, late.at) && history.cameBackAt.filter((at) => at < look.from).length * 10 >= sentBy(late.at);
  if (stillBad)
    world.violated('the brake holds what comes back', `a mail left ${Math.round((late.at - knownAt) / 1_000)} s after it was known`);
}
