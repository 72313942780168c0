import type { Digest } from '../../digests/digest.ts';
import { providerOf } from '../../mail/mailbox-provider.ts';
import { type Order, openPositions } from '../order.ts';

/** The open positions of an order that may be mailed: not those whose mailbox is known to be of a provider held back. */
export const mailablePositions = (order: Pick<Order, 'outcomes' | 'providers'>, { heldBack }: Pick<Digest, 'heldBack'>): number[] =>
  openPositions(order).filter((position) => !isHeldBack(order.providers[position], heldBack));

/** Whether a mailbox is of a provider that is held back. */
export const isHeldBack = (letter: string | undefined, heldBack: ReadonlySet<string>): boolean =>
  heldBack.has(providerOf(letter ?? '') ?? '');
