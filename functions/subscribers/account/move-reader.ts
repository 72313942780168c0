import type { Now } from '../../platform/clock.ts';
import type { ConsentContext, ConsentLog } from '../consent-log.ts';
import type { ReaderAccount } from './reader-account.ts';

/** The click in a reader's new mailbox: its evidence stands under both ids, so that either leads to the other. */
export async function moveReader(
  { id, nonce }: { id: string; nonce: string },
  { sourceAddress, ...context }: ConsentContext & { sourceAddress: string },
  { account, consents, now }: { account: Pick<ReaderAccount, 'move'>; consents: ConsentLog; now: Now },
): Promise<'moved' | 'ended'> {
  const move = await account.move(id, nonce, now());
  if (move.outcome === 'ended') return 'ended';
  await consents.record(id, { event: 'moved', at: move.movedAt, movedTo: move.id, ...context });
  await consents.record(move.id, { event: 'moved', at: move.movedAt, movedFrom: id, ...context });
  await consents.recordNetwork(move.id, { event: 'moved', at: move.movedAt, address: sourceAddress });
  return 'moved';
}
