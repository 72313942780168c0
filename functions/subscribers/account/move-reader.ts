import type { MailboxHosts } from '../../mail/mailbox-hosts.ts';
import type { Now } from '../../platform/clock.ts';
import type { ConsentContext, ConsentLog } from '../consent-log.ts';
import type { ReaderAccount } from './reader-account.ts';

export type MovingServices = {
  account: Pick<ReaderAccount, 'move' | 'at'>;
  consents: ConsentLog;
  hosts: Pick<MailboxHosts, 'learn'>;
  now: Now;
};

/** The click in a reader's new mailbox: its evidence is stored under both ids, so that either leads to the other. */
export async function moveReader(
  { id, nonce }: { id: string; nonce: string },
  { sourceAddress, ...context }: ConsentContext & { sourceAddress: string },
  { account, consents, hosts, now }: MovingServices,
): Promise<'moved' | 'ended'> {
  const move = await account.move(id, nonce, now());
  if (move.outcome === 'ended') return 'ended';
  await consents.record(id, { event: 'moved', at: move.movedAt, movedTo: move.id, ...context });
  await consents.record(move.id, { event: 'moved', at: move.movedAt, movedFrom: id, ...context });
  await consents.recordNetwork(move.id, { event: 'moved', at: move.movedAt, address: sourceAddress });
  const reader = await account.at(move.id);
  if (reader && 'address' in reader) await hosts.learn([reader.address]);
  return 'moved';
}
