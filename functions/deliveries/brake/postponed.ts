import type { Digest } from '../../digests/digest.ts';
import { providerOf } from '../../mail/mailbox-provider.ts';
import { noProvider, openPositions, type ReaderBatch } from '../reader-batch.ts';

/** The open positions of a batch that may be mailed: without those whose mailbox is known to be of a postponed provider. */
export const mailablePositions = (batch: Pick<ReaderBatch, 'outcomes' | 'providers'>, { postponed }: Pick<Digest, 'postponed'>): number[] =>
  openPositions(batch).filter((position) => !isPostponed(batch.providers[position], postponed));

/** Whether a mailbox belongs to a postponed provider. False while it is not known whose it is. */
export function isPostponed(letter: string | undefined, postponed: Digest['postponed']): boolean {
  const provider = providerOf(letter ?? noProvider);
  return provider !== undefined && postponed.has(provider);
}
