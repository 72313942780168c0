import type { Random } from './random.ts';

/** What is out of order, and how it answers meanwhile. */
const kinds = [
  'SES refuses connections',
  'SES answers 503',
  'SES hangs',
  'SES refuses credentials',
  'SES grants no rate',
  'table',
  'pace',
] as const;
export type OutageKind = (typeof kinds)[number];

/** A time, from seconds to hours, in which AWS does not do its part: no fault of a request here and there. */
export type SimulatedOutage = { kind: OutageKind; from: number; until: number };

const minute = 60_000;

export function outageWithin(random: Random, from: number): SimulatedOutage {
  const [shortest, longest] = random.pick([
    [5_000, minute],
    [minute, 20 * minute],
    [60 * minute, 180 * minute],
  ] as const);
  return { kind: random.pick(kinds), from, until: from + random.between(shortest, longest) };
}
