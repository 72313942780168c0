import './synchronous-zlib.ts';
import type { Circumstances } from './circumstances.ts';
import type { Fault } from './faults.ts';
import { check } from './invariants/check.ts';
import { Newsletter } from './newsletter.ts';
import { Readers } from './readers.ts';
import { prepare } from './scenario.ts';
import { type Violation, World } from './world.ts';

export type SeedResult = {
  seed: number;
  violations: Violation[];
  faults: Record<Fault, number>;
  readers: number;
  accepted: number;
  steps: number;
  busiest: { second: number; ten: number };
};

/** One digest from its schedule to its end, as this number decides; the same number gives the same history. */
export async function simulateSeed(
  seed: number,
  trace?: (line: string) => void,
  circumstances?: Partial<Circumstances>,
): Promise<SeedResult> {
  const world = new World(seed, trace, circumstances);
  const readers = new Readers(world);
  const newsletter = new Newsletter(world, readers);
  const { resend } = world.circumstances;
  world.faults.count(`resends ${resend}`);
  world.trace(`seed ${seed}: ${readers.first.length} readers at ${newsletter.ses.rate}/s, resends ${resend}`);
  const end = await prepare(world, newsletter, readers);
  await world.scheduler.runUntil(end);
  await check(world, newsletter, readers);
  return {
    seed,
    violations: world.violations,
    faults: Object.fromEntries(world.faults.counts) as Record<Fault, number>,
    readers: readers.first.length,
    accepted: newsletter.ses.accepted.length,
    steps: world.scheduler.steps,
    busiest: world.busiest,
  };
}
