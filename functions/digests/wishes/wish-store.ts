import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';
import type { DeliveryReport } from '../delivery-report.ts';
import type { Digest, ProviderBlocks } from '../digest.ts';
import { postponedNotice } from '../notice-kind.ts';
import { type Wish, type WishKind, wishAttribute } from './wish.ts';

/** What editors wish of digests that have not reached everybody. */
export class WishStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * An editor wants readers planned again, or mailed again. The same wish a second time changes nothing until the first one is fulfilled.
   * When the digest is done, its editor has seen these numbers: they trip nothing, and no provider is postponed for them any longer.
   * False when the digest was cancelled or skipped.
   */
  async wish({ id, phase: before, postponed }: Digest, kind: WishKind, report: DeliveryReport, now: Date): Promise<boolean> {
    const attribute = wishAttribute(kind);
    const isDone = before === 'done';
    const notices = isDone && postponed.size > 0 ? new Set([...postponed].map(postponedNotice)) : undefined;
    await this.#table.put(keys.openDigest(id));
    const wished = await this.#table.update(keys.digest(id), {
      set: [
        `SET ${attribute} = if_not_exists(${attribute}, :now)${isDone ? ', brakedAt = :report, forgivenBlocks = :forgiven REMOVE postponed' : ''}`,
        ...(notices ? ['DELETE noticed :notices'] : []),
      ].join(' '),
      condition: `${isDone ? '#phase = :done' : '#phase IN (:open, :done)'} AND NOT contains(holds, :cancel)`,
      names: { '#phase': 'phase' },
      values: {
        ':now': now.toISOString(),
        ':done': 'done',
        ':cancel': 'cancel',
        ...(isDone ? { ':report': report, ':forgiven': blocksOf(report) } : { ':open': 'open' }),
        ...(notices && { ':notices': notices }),
      },
    });
    // The watch may have forgotten the digest in between. Should this process die before this, the first entry is there.
    if (wished) await this.#table.put(keys.openDigest(id));
    return wished !== undefined;
  }

  /** Every batch has been looked through for this wish. What counted as refused before counts no longer, so the report is taken again. */
  async fulfilled(id: string, { kind, at }: Wish, report: DeliveryReport): Promise<void> {
    const attribute = wishAttribute(kind);
    const isMail = kind === 'mail';
    await this.#table.update(keys.digest(id), {
      set: `${isMail ? 'SET brakedAt = :report, forgivenBlocks = :forgiven ' : ''}REMOVE ${attribute}`,
      condition: `${attribute} = :at`,
      values: { ':at': at, ...(isMail && { ':report': report, ':forgiven': blocksOf(report) }) },
    });
  }
}

/** What of a report counts towards postponing a provider no longer. */
const blocksOf = ({ byProvider }: DeliveryReport): ProviderBlocks =>
  Object.fromEntries(byProvider.map(({ provider, blocked, submitted }) => [provider, { blocked, submitted }]));
