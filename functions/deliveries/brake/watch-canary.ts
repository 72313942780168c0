import { canaryPlaces } from '../../digests/canary.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { minutesAfter, type Now } from '../../platform/clock.ts';
import { shards } from '../../platform/keys.ts';
import type { EventChannel } from '../event-channel/event-channel.ts';
import type { Ledger } from '../ledger.ts';
import type { Order } from '../order.ts';
import { mailablePositions } from './held-back.ts';

export type CanaryWatchServices = {
  digests: Pick<DigestStore, 'watchCanary'>;
  ledger: Pick<Ledger, 'fannedOut' | 'readMany'>;
  eventChannel: Pick<EventChannel, 'isProvenSince' | 'carriesSince'>;
  now: Now;
};

/** What mailboxes have to say they say within minutes; whoever complains does so when they see the mail. */
const watchedMinutes = 10;
/** So long before the end a probe shows that events still come, where the queue of events is never quite empty. */
const lastProbeMinutes = 3;

/**
 * Whether the ten minutes of a canary are over, and what was said in them has come: no alarm means nothing while nobody hears
 * any. Asked before the brake judges, so that it judges by everything. Begins with a probe when the canary's last order was seen
 * settled; without a proof the canary is asked about again at the next look.
 */
export async function canaryIsOver(digest: Digest, services: CanaryWatchServices): Promise<boolean> {
  if (!digest.holds.has('canary')) return false;
  const { digests, eventChannel, now } = services;
  const until = digest.canaryUntil ? new Date(digest.canaryUntil) : undefined;
  if (!until && !(await isOut(digest, services))) return false;
  if (!until) await digests.watchCanary(digest.id, minutesAfter(now(), watchedMinutes));
  const out = until ? minutesAfter(until, -watchedMinutes) : now();
  const heard = (await eventChannel.isProvenSince(out.getTime(), now())) || (await isHeardOf(until, services));
  return heard && until !== undefined && now() >= until;
}

async function isHeardOf(until: Date | undefined, { eventChannel, now }: CanaryWatchServices): Promise<boolean> {
  const from = until && minutesAfter(until, -lastProbeMinutes);
  return from !== undefined && now() >= from && eventChannel.carriesSince(from.getTime(), now());
}

async function isOut(digest: Digest, { ledger }: Pick<CanaryWatchServices, 'ledger'>): Promise<boolean> {
  if ((await ledger.fannedOut(digest.id)).size < shards.length) return false;
  // Who is held back waits for an editor, and nobody else waits for them.
  const isThrough = (order: Order) =>
    order.state === 'settled' || (order.state === 'planned' && mailablePositions(order, digest).length === 0);
  return (await canaryOrders(digest, ledger)).every(isThrough);
}

/** The canary's orders as far as they are planned. Among thousands of others the index would show them late. */
export const canaryOrders = ({ id, canary }: Digest, ledger: Pick<Ledger, 'readMany'>): Promise<Order[]> =>
  ledger.readMany(canary ? canaryPlaces(canary).map((place) => ({ digest: id, ...place })) : []);
