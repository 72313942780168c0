import { expect, test } from 'vitest';
import { type CanaryServices, canaryPlaces, isAmongFirst, nextSlowStart, planCanary } from '../../functions/digests/canary.ts';
import { shards } from '../../functions/platform/keys.ts';

const frozenAt = '2026-11-27T01:00:00.000Z';
const lastWeek = '2026-11-20T01:00:00.000Z';

/** A list of so many readers, evenly spread, of whom so many are new since the last digest. */
function list(readers: number, { setting = 'when needed', fresh = 0, lastDigest, lastImport, perShard }: List = {}): CanaryServices {
  const even = shards.map((_, n) => Math.floor((readers + n) / shards.length));
  return {
    setting,
    subscribers: { confirmedPerShard: async ({ after }) => (after === undefined ? (perShard ?? even) : [fresh]) },
    lastFrozenAt: async () => lastDigest,
    lastImportAt: async () => lastImport,
  };
}
type List = {
  setting?: CanaryServices['setting'];
  fresh?: number;
  lastDigest?: string;
  lastImport?: string;
  perShard?: number[];
};

test.each([100, 900, 1_000_000])('of a new list of %i readers fifty go first', async (readers) => {
  const perShard = Math.floor(readers / shards.length);
  const batches = Math.ceil(50 / Math.min(50, perShard));

  expect(await planCanary(frozenAt, list(readers))).toMatchObject({ readers: 50, why: 'first digest' });
  expect((await planCanary(frozenAt, list(readers)))?.batches).toBeLessThanOrEqual(batches);
});

test('lists under a hundred have none, unless it is always wanted; never means never', async () => {
  expect(await planCanary(frozenAt, list(99))).toBeUndefined();
  expect(await planCanary(frozenAt, list(99, { setting: 'always' }))).toMatchObject({ readers: 50, why: 'always' });
  expect(await planCanary(frozenAt, list(100_000, { setting: 'never' }))).toBeUndefined();
});

test('after the canary four times as many go each minute, and in the fourth minute all', () => {
  const canary = { batches: 2 };

  expect([nextSlowStart(canary), nextSlowStart(canary, 8), nextSlowStart(canary, 32), nextSlowStart(canary, 128)]).toEqual([
    8,
    32,
    128,
    undefined,
  ]);
});

test('a digest after another one has none, unless readers were imported or over a tenth is new', async () => {
  const since = { lastDigest: lastWeek };

  expect(await planCanary(frozenAt, list(2_000, since))).toBeUndefined();
  expect(await planCanary(frozenAt, list(2_000, { ...since, fresh: 200 }))).toBeUndefined();
  expect(await planCanary(frozenAt, list(2_000, { ...since, fresh: 201 }))).toMatchObject({ why: 'many new readers' });
  expect(await planCanary(frozenAt, list(2_000, { ...since, lastImport: '2026-11-19T01:00:00.000Z' }))).toBeUndefined();
  expect(await planCanary(frozenAt, list(2_000, { ...since, lastImport: '2026-11-21T01:00:00.000Z' }))).toMatchObject({
    why: 'after an import',
  });
});

test('a list that was mailed nothing for over ninety days is new to its sender again', async () => {
  expect(await planCanary(frozenAt, list(2_000, { lastDigest: '2026-08-29T01:00:00.000Z' }))).toBeUndefined();
  expect(await planCanary(frozenAt, list(2_000, { lastDigest: '2026-08-29T00:59:59.999Z' }))).toMatchObject({ why: 'after a long pause' });
});

test('where shards have no fifty readers, more batches make up for it; where it would be everybody, there is no canary', async () => {
  const three = { setting: 'always', perShard: [20, 0, 20, 20, ...Array<number>(12).fill(5)] } as const satisfies List;

  expect(await planCanary(frozenAt, list(120, { ...three, perShard: [...three.perShard] }))).toMatchObject({ batches: 4 });
  expect(await planCanary(frozenAt, list(50, { setting: 'always' }))).toBeUndefined();
});

test('its batches go round the shards, so that no shard has two while another has none', () => {
  const canary = { batches: 18, readers: 900, why: 'always' } as const;
  const places = canaryPlaces(canary);

  expect(places.slice(0, 3).map(({ shard, batch }) => `${shard}#${batch}`)).toEqual(['0#0', '1#0', '2#0']);
  expect(places.slice(15).map(({ shard, batch }) => `${shard}#${batch}`)).toEqual(['f#0', '0#1', '1#1']);
  const all = shards.flatMap((shard) => [0, 1, 2].map((batch) => ({ shard, batch })));
  expect(all.filter((place) => isAmongFirst(18, place))).toHaveLength(18);
  expect(places.every((place) => isAmongFirst(18, place))).toBe(true);
});
