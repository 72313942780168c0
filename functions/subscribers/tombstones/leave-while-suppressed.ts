import { keys } from '../../platform/keys.ts';
import type { Item, Table } from '../../platform/table.ts';
import type { LeavingWay } from '../subscriber.ts';

/** Notes that a reader has left whose mailbox is said to be dead. A mistake about the mailbox then brings them back no more. */
export const leaveWhileSuppressed = (
  table: Pick<Table, 'update'>,
  { id, now, by }: { id: string; now: Date; by: LeavingWay },
): Promise<Item | undefined> =>
  table.update(keys.subscriber(id), {
    set: 'SET was = :unsubscribed, leftAt = :now, leftBy = :by',
    condition: '#state = :suppressed AND reason = :bounce AND was IN (:pending, :confirmed)',
    names: { '#state': 'state' },
    values: {
      ':suppressed': 'suppressed',
      ':bounce': 'bounce',
      ':unsubscribed': 'unsubscribed',
      ':pending': 'pending',
      ':confirmed': 'confirmed',
      ':now': now.toISOString(),
      ':by': by,
    },
  });
