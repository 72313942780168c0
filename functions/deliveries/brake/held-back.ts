import type { Digest } from '../../digests/digest.ts';
import { providerOf } from '../../mail/mailbox-provider.ts';
import { noProvider, type Order, openPositions } from '../order.ts';

/** The open positions of an order that may be mailed: not those whose mailbox is known to be of a provider held back. */
export const mailablePositions = (order: Pick<Order, 'outcomes' | 'providers'>, { heldBack }: Pick<Digest, 'heldBack'>): number[] =>
  openPositions(order).filter((position) => !isHeldBack(order.providers[position], heldBack));

/** Whether a mailbox is of a provider that is held back; whose it is may not be known yet. */
export function isHeldBack(letter: string | undefined, heldBack: Digest['heldBack']): boolean {
  const provider = providerOf(letter ?? noProvider);
  return provider !== undefined && heldBack.has(provider);
}
