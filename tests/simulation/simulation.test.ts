import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticedSeeds } from './delivery-page.ts';
import { conditionOf } from './dynamodb/expression.ts';
import { faultNames } from './faults.ts';
import { invariants } from './invariants/invariant.ts';
import { simulateSeed } from './simulate-seed.ts';
import { tryMutations } from './try-mutations.ts';

/** CI plays more of them, and only there every fault is sure to strike. */
const seeds = Number(process.env.SIMULATION_SEEDS ?? (process.env.CI === 'true' ? 500 : 150));

test(`in ${seeds} seeds nobody is mailed twice or lost, the report is SES's own, and faults of all kinds strike`, async () => {
  const violated: string[] = [];
  const struck = new Set<string>();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { violations, faults } = await simulateSeed(seed);
    violated.push(...violations.map(({ invariant, what }) => `seed ${seed}: ${invariant}: ${what}`));
    for (const fault of Object.keys(faults)) struck.add(fault);
  }

  expect(violated).toEqual([]);
  expect(struck.size).toBeGreaterThan(faultNames.length * 0.9);
  if (seeds >= 500) expect(faultNames.filter((fault) => !struck.has(fault))).toEqual([]);
}, 600_000);

test('a seed replays exactly', async () => {
  const histories = [[], []] as [string[], string[]];
  // What an editor did is kept under a key that ends at random, so that two acts of one moment are both kept.
  const withoutRandom = (line: string) => line.replace(/(HISTORY#\S+#)[0-9a-f]{8}/, '$1…');
  for (const history of histories) await simulateSeed(7, (line) => history.push(withoutRandom(line)));

  expect(histories[0].length).toBeGreaterThan(100);
  expect(histories[0]).toEqual(histories[1]);
});

// The nightly run looks for every mutation over 2,000 seeds. Here each begins with the seed that noticed it last, by the table of
// docs/delivery.md; once code has changed so much that this test fails, `simulate -- --mutations --write` writes the table again.
test.runIf(process.env.CI === 'true')(
  'known faults, put into the production code, are noticed, and every invariant by one of them',
  async () => {
    const catches = await tryMutations(5, { known: noticedSeeds(readFileSync('docs/delivery.md', 'utf8')) });
    const violated = new Set(catches.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)));

    // Some need a rarer turn of events, which a change of any code may take from their seed.
    expect(catches.filter(({ seed }) => seed !== undefined).length).toBeGreaterThan(catches.length * 0.75);
    expect(invariants.filter((invariant) => !violated.has(invariant))).toEqual([]);
  },
  900_000,
);

test('a condition the stores do not use is refused rather than guessed', () => {
  expect(() => conditionOf('size(readers) > :one')).toThrow();
  expect(() => conditionOf('a = :a OR')).toThrow();
  expect(() => conditionOf('a.b = :a')).toThrow();
});
