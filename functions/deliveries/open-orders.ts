import type { Digest } from '../digests/digest.ts';
import { isHeldBack, mailablePositions } from './brake/held-back.ts';
import { canaryOrders } from './brake/watch-canary.ts';
import type { Ledger } from './ledger.ts';
import type { Order } from './order.ts';

const ordersAtOnce = 1_000;

export type OpenOrdersLedger = Pick<Ledger, 'openOrders' | 'ordersAside' | 'readMany'>;

/**
 * Orders of a digest that are not settled and may have something to do, up to a thousand; those of a canary that is out alone come
 * first, because all the others wait for them. Whoever waits for a mailbox provider that is held back is not among them.
 */
export async function openOrders(digest: Digest, ledger: OpenOrdersLedger): Promise<Order[]> {
  const [first, indexed, back] = await Promise.all([
    digest.holds.has('canary') ? canaryOrders(digest, ledger) : [],
    ledger.openOrders(digest.id, ordersAtOnce),
    ordersComingBack(digest, ledger),
  ]);
  const ahead = first.filter(
    (order) => order.state === 'claimed' || (order.state === 'planned' && mailablePositions(order, digest).length > 0),
  );
  return [...new Map([...ahead, ...indexed, ...back].map((order) => [`${order.shard}#${order.order}`, order])).values()];
}

/** Orders that stood aside until an editor let their readers be mailed, or called the digest off. */
async function ordersComingBack(digest: Digest, ledger: OpenOrdersLedger): Promise<Order[]> {
  const stays = staysAside(digest);
  return stays ? ledger.ordersAside(digest.id, stays, ordersAtOnce) : [];
}

/** Of whose mailboxes, by their letter, readers still wait; undefined where nobody has ever been held back. */
export const staysAside = ({ heldBack, forgivenBlocks, holds }: Digest): ((letter: string) => boolean) | undefined =>
  heldBack.size === 0 && !forgivenBlocks ? undefined : (letter) => !holds.has('cancel') && isHeldBack(letter, heldBack);
