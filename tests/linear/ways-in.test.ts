import { expect, test } from 'vitest';
import { isWithout } from '../support/without.ts';
import { growingTexts } from './growing-text.ts';
import { superLinear } from './growth-of.ts';
import { waysIn } from './ways-in.ts';

test.skipIf(isWithout('long-runs')).each(Object.entries(waysIn).map(([name, way], n) => [name, way, n] as const))(
  '%s takes linear time, whatever it says',
  async (_name, way, n) => {
    expect(await superLinear(way, growingTexts([], n))).toEqual([]);
  },
  300_000,
);
