import { outcomes } from '../../../functions/deliveries/reader-batch.ts';
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
  'outage of the table',
  ...(['write failed before it took effect', 'write failed after it took effect', 'write took effect long after it failed'] as const),
];

/** `all`: also those of other digests. */
export type Account = { positions: ReadonlyMap<string, Position>; mails: Mails; all: Mails };
type Mails = ReadonlyMap<string, readonly Accepted[]>;

/** Every position of every batch has an outcome, and it is what really happened. */
export function checkOutcomes(world: World, { ses }: Newsletter, readers: Readers, { positions, mails, all }: Account) {
  const { faults } = world;
  const wrong = (what: string) => world.violated('everybody has an outcome, and a true one', what);
  const struck = (names: readonly Fault[]) => names.some((name) => faults.counts.has(name));
  for (const [id, { letter, seen, begins, state }] of positions) {
    const accepted = mails.get(id) ?? [];
    const isTold = (mail: Accepted) => mail.told.size > 0;
    // Who was to be mailed again, and left before, is not who they were with the first mail.
    const isOfNow = (mail: Accepted) => Number(mail.tags.attempt) >= (begins.at(-1) ?? 0) || hasLastWord(mail);
    const told = accepted.filter(isTold).length;
    const toldOfNow = accepted.filter((mail) => isTold(mail) && isOfNow(mail)).length;
    if (state !== 'settled' || letter === outcomes.open) wrong(`${id} has none: ${state} ${letter}`);
    const counted = letter === outcomes.submitted || (toldOfNow > 0 && seen.length > 0);
    if (counted && accepted.length === 0) wrong(`${id} counts as submitted, and SES knows nothing of it`);
    if (!counted && toldOfNow > 0) wrong(`${id} was mailed and counts as ${letter}`);
    if (seen.length < told) wrong(`${id} was accepted ${told} times by SES's events, and evidence shows ${seen.length}`);
    if (counted) continue;
    const addresses = readers.idsOf(id).map(addressOf);
    if (letter === outcomes.rejected && !addresses.some((address) => ses.everRejected.has(address)))
      wrong(`${id} counts as rejected, and SES would have taken it`);
    const isSuppressed = all.get(id)?.some(({ told }) => told.has('Bounce') || told.has('Soft')) || hasComplained(id, readers, all);
    if (letter === outcomes.left && !readers.hasGone(id) && !isSuppressed) wrong(`${id} counts as left, and is still there`);
    if (letter === outcomes.cancelled && !faults.counts.has('digest cancelled')) wrong(`${id} counts as cancelled, and nobody cancelled`);
    // No mail here is one that we cannot compose: whatever else fails is the account's, and gives up nobody.
    if (letter === outcomes.failed) world.violated('nobody is given up for an outage', `${id} counts as failed`);
    if (letter === outcomes.unknown && !addresses.some((address) => ses.unanswered.has(address)) && !struck(losesWorkers))
      wrong(`${id} counts as unknown, and was never asked for`);
  }
}

/** What a mailbox or its reader said counts whichever mail it was about. */
export const hasLastWord = ({ told }: Accepted): boolean =>
  (['Delivery', 'Bounce', 'Soft', 'Complaint'] as const).some((kind) => told.has(kind));
