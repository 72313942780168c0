import { expect, test } from 'vitest';
import { type CanaryServices, canaryPlaces, isInCanary, planCanary } from '../../functions/digests/canary.ts';
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

test.each([
  [1_000, 50, 1],
  [2_500, 50, 1],
  [2_501, 51, 2],
  [10_000, 200, 4],
  [25_000, 500, 10],
  [1_000_000, 500, 10],
])('of %i readers %i go first, in %i whole orders', async (readers, canary, orders) => {
  expect(await planCanary(frozenAt, list(readers))).toEqual({ orders, readers: canary, why: 'first digest' });
});

test('lists under a thousand have none, unless it is always wanted; never means never', async () => {
  expect(await planCanary(frozenAt, list(999))).toBeUndefined();
  expect(await planCanary(frozenAt, list(999, { setting: 'always' }))).toMatchObject({ readers: 50, why: 'always' });
  expect(await planCanary(frozenAt, list(100_000, { setting: 'never' }))).toBeUndefined();
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

test('where shards have no fifty readers, more orders make up for it; where it would be everybody, there is no canary', async () => {
  const three = { setting: 'always', perShard: [20, 0, 20, 20, ...Array<number>(12).fill(5)] } as const satisfies List;

  expect(await planCanary(frozenAt, list(120, { ...three, perShard: [...three.perShard] }))).toMatchObject({ orders: 4 });
  expect(await planCanary(frozenAt, list(50, { setting: 'always' }))).toBeUndefined();
});

test('its orders go round the shards, so that no shard has two while another has none', () => {
  const canary = { orders: 18, readers: 900, why: 'always' } as const;
  const places = canaryPlaces(canary);

  expect(places.slice(0, 3).map(({ shard, order }) => `${shard}#${order}`)).toEqual(['0#0', '1#0', '2#0']);
  expect(places.slice(15).map(({ shard, order }) => `${shard}#${order}`)).toEqual(['f#0', '0#1', '1#1']);
  const all = shards.flatMap((shard) => [0, 1, 2].map((order) => ({ shard, order })));
  expect(all.filter((place) => isInCanary(canary, place))).toHaveLength(18);
  expect(places.every((place) => isInCanary(canary, place))).toBe(true);
});
