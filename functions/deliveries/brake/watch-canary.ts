import { canaryPlaces } from '../../digests/canary.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { minutesAfter, type Now } from '../../platform/clock.ts';
import { shards } from '../../platform/keys.ts';
import type { Ledger } from '../ledger.ts';
import type { Order } from '../order.ts';
import { mailablePositions } from './held-back.ts';

export type CanaryWatchServices = {
  digests: Pick<DigestStore, 'watchCanary' | 'release'>;
  ledger: Pick<Ledger, 'fannedOut' | 'readMany'>;
  now: Now;
};

/** What mailboxes have to say they say within minutes; whoever complains does so when they see the mail. */
const watchedMinutes = 10;

/**
 * Looks after a digest whose canary is out alone. Ten minutes after the last of its orders was seen settled the rest may go; if
 * the brake has tripped by then, its own hold stays.
 */
export async function watchCanary(digest: Digest, services: CanaryWatchServices): Promise<void> {
  if (!digest.holds.has('canary')) return;
  const { digests, now } = services;
  if (!digest.canaryUntil) {
    if (await isOut(digest, services)) await digests.watchCanary(digest.id, minutesAfter(now(), watchedMinutes));
  } else if (now() >= new Date(digest.canaryUntil)) await digests.release(digest.id, 'canary');
}

async function isOut(digest: Digest, { ledger }: CanaryWatchServices): Promise<boolean> {
  if ((await ledger.fannedOut(digest.id)).size < shards.length) return false;
  // Who is held back waits for an editor, and nobody else waits for them.
  const isThrough = (order: Order) =>
    order.state === 'settled' || (order.state === 'planned' && mailablePositions(order, digest).length === 0);
  return (await canaryOrders(digest, ledger)).every(isThrough);
}

/** The canary's orders as far as they are planned. Among thousands of others the index would show them late. */
export const canaryOrders = ({ id, canary }: Digest, ledger: Pick<Ledger, 'readMany'>): Promise<Order[]> =>
  ledger.readMany(canary ? canaryPlaces(canary).map((place) => ({ digest: id, ...place })) : []);
