import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticedSeeds, withCounts, withNoticed } from '../simulation/delivery-page.ts';
import { faultNames } from '../simulation/faults.ts';
import { invariants } from '../simulation/invariants/invariant.ts';
import { mutations } from '../simulation/mutations.ts';

const page = readFileSync('docs/delivery.md', 'utf8');
/** The first cells of the table with this head. */
const rowsOf = (head: string) => {
  const [, table = ''] = page.split(`\n${head}\n`);
  const [rows = ''] = table.split('\n\n');
  return [...rows.matchAll(/^\| ([^|]+?) \|/gm)].map(([, cell = '']) => cell).filter((cell) => !/^-+:?$/.test(cell));
};

test('the protocol has its ten points, in their order', () => {
  const points = [...page.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number));

  expect(points).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('the page names every fault, invariant and mutation of the simulation as the code does', () => {
  expect(rowsOf('| fault | times |').sort()).toEqual([...faultNames].sort());
  expect(rowsOf('| | what is asserted |').sort()).toEqual([...invariants].sort());
  expect(rowsOf('| mutation | noticed by | seed |').sort()).toEqual(mutations.map(({ name }) => name).sort());
});

test('the table of mutations says which seed noticed them, and is written out of what noticed them', () => {
  const [invariant] = invariants;
  const catches = mutations.map(({ name }, n) =>
    n === 0 ? { mutation: name, violations: [] } : { mutation: name, seed: n * 700, violations: [{ invariant, what: '' }] },
  );
  const written = withNoticed(page, catches);

  expect(noticedSeeds(written)).toEqual(new Map(mutations.slice(1).map(({ name }, n) => [name, (n + 1) * 700])));
  expect(withNoticed(written, catches)).toBe(written);
  expect(noticedSeeds(page).size).toBeGreaterThan(mutations.length / 2);
  expect(() => noticedSeeds('no table')).toThrow('no table');
});

test('the counts of faults are written into their table, and nothing else changes', () => {
  const counts = Object.fromEntries(faultNames.map((name, n) => [name, n * 1_000]));
  const written = withCounts(page, 'Counted.', counts);

  expect(written).toContain(`\n## What came of it\n\nCounted.\n\n| fault | times |\n`);
  expect(written).toContain(`| ${faultNames[2]} | 2,000 |`);
  expect(written.split('\n').length).toBeLessThanOrEqual(page.split('\n').length);
  expect(noticedSeeds(written)).toEqual(noticedSeeds(page));
});
