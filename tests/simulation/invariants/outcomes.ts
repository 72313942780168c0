import { outcomes } from '../../../functions/deliveries/order.ts';
import type { Fault } from '../faults.ts';
import type { Newsletter } from '../newsletter.ts';
import { addressOf, type Readers } from '../readers.ts';
import type { Accepted } from '../services/simulated-ses.ts';
import type { World } from '../world.ts';
import type { Position } from './check.ts';
import { hasComplained } from './states.ts';

/** What leaves a claim to its lease, or stops a worker so long that its lease is over. */
export const losesWorkers: Fault[] = [
  ...(['worker killed before a call took effect', 'worker killed after a call took effect', 'worker ended by its time-out'] as const),
  ...(['worker frozen and thawed later', 'worker frozen between its last look and the first byte', 'read slow', 'write slow'] as const),
  ...(['write failed before it took effect', 'write failed after it took effect', 'write took effect long after it failed'] as const),
];
/** What makes an attempt reach nobody. */
const stalls: Fault[] = ['connection refused', 'read failed', 'write failed before it took effect', 'write failed after it took effect'];

export type Account = { positions: ReadonlyMap<string, Position>; mails: ReadonlyMap<string, readonly Accepted[]> };

/** Every position of every order has an outcome, and it is what really happened. */
export function checkOutcomes(world: World, { ses }: Newsletter, readers: Readers, { positions, mails }: Account) {
  const { faults } = world;
  const wrong = (what: string) => world.violated('everybody has an outcome, and a true one', what);
  const struck = (names: readonly Fault[]) => names.some((name) => faults.counts.has(name));
  for (const [id, { letter, seen, state }] of positions) {
    const accepted = mails.get(id) ?? [];
    const told = accepted.filter((mail) => mail.told.size > 0).length;
    if (state !== 'settled' || letter === outcomes.open) wrong(`${id} has none: ${state} ${letter}`);
    const counted = letter === outcomes.submitted || seen > 0;
    if (counted && accepted.length === 0) wrong(`${id} counts as submitted, and SES knows nothing of it`);
    if (!counted && told > 0) wrong(`${id} was mailed and counts as ${letter}`);
    if (seen < told) wrong(`${id} was accepted ${told} times by SES's events, and evidence shows ${seen}`);
    if (counted) continue;
    const addresses = readers.idsOf(id).map(addressOf);
    if (letter === outcomes.rejected && !addresses.some((address) => ses.rejected.has(address)))
      wrong(`${id} counts as rejected, and SES would have taken it`);
    const isSuppressed = accepted.some(({ told }) => told.has('Bounce') || told.has('Soft')) || hasComplained(id, readers, mails);
    if (letter === outcomes.left && !readers.hasGone(id) && !isSuppressed) wrong(`${id} counts as left, and is still there`);
    if (letter === outcomes.cancelled && !faults.counts.has('digest cancelled')) wrong(`${id} counts as cancelled, and nobody cancelled`);
    if (letter === outcomes.failed && !struck(stalls)) wrong(`${id} counts as failed, and nothing failed`);
    if (letter === outcomes.unknown && !addresses.some((address) => ses.unanswered.has(address)) && !struck(losesWorkers))
      wrong(`${id} counts as unknown, and was never asked for`);
  }
}
