import type { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import type { Newsletter } from '../newsletter.ts';
import { type Readers, readerAt } from '../readers.ts';
import type { Accepted } from '../services/simulated-ses.ts';
import type { World } from '../world.ts';

/** What there is to judge by: who is a reader, and what SES told of their mails. */
type Said = { subscribers: Pick<SubscriberStore, 'find'>; mails: ReadonlyMap<string, readonly Accepted[]> };

/** Whether a reader, or somebody who moved to their address, has complained. */
export const hasComplained = (id: string, readers: Readers, mails: Said['mails']) =>
  readers.sharing(id).some((one) => mails.get(one)?.some(({ told }) => told.has('Complaint')));

/**
 * A reader's state follows from all that mailboxes said, whenever it came: dead or complained means given up; a fifth digest in a row
 * that came back softly does, too, unless one of its mails was delivered after all; and of nobody else is anything changed.
 */
export async function checkStates(world: World, { events }: Newsletter, readers: Readers, { subscribers, mails }: Said) {
  // Events that failed five times wait for a person, with an alarm.
  if (events.deadLetters.length > 0) return;
  for (const person of readers.first) {
    if (readers.hasGone(person)) continue;
    // A mailbox speaks for itself, and of a mailbox that somebody has moved from nothing is held against them.
    const id = readers.nowOf(person);
    const told = new Set((mails.get(person) ?? []).filter(({ to }) => readerAt(to) === id).flatMap((mail) => [...mail.told]));
    const isDead = told.has('Bounce') || hasComplained(person, readers, mails);
    const isFull = readers.bouncedBefore.has(id) && told.has('Soft') && !told.has('Delivery');
    if (isFull && !isDead) world.faults.count('reader given up after soft bounces');
    const { state } = (await subscribers.find(id)) ?? { state: 'nobody' };
    const expected = isDead || isFull ? 'suppressed' : 'confirmed';
    if (state !== expected)
      world.violated('a reader is who mailboxes say', `${id} is ${state}, and SES told of ${[...told].join(', ') || 'nothing'}`);
  }
}
