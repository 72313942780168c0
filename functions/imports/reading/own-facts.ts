import type { ReaderColumn } from '../../exports/reader-row.ts';
import type { OwnFacts, RowStatus } from '../../subscribers/imported/imported-reader.ts';
import { leavingReasons } from '../../subscribers/subscriber.ts';
import { readerLocales } from '../../words/locale.ts';

type Cell = (column: ReaderColumn) => string;

/**
 * What a row of our own export says beside what every list says; undefined when it lacks what its reader cannot be without. A
 * file is anybody's, so what is no moment and no id is left out: it would make an item that nothing can read any more.
 * `confirmed_at` of a reader is when they said yes, and no fact of its own.
 */
export function ownFacts(status: RowStatus, topics: readonly string[], cell: Cell): OwnFacts | undefined {
  const signedUpAt = momentIn(cell('signed_up_at'));
  const confirmedAt = momentIn(cell('confirmed_at'));
  const past = { ...(signedUpAt && { signedUpAt }), ...(confirmedAt && status !== 'subscribed' && { confirmedAt }) };
  switch (status) {
    case 'subscribed': {
      const [pausedUntil, movedFrom] = [momentIn(cell('paused_until')), idIn(cell('moved_from'))];
      return { ...past, ...(pausedUntil && { pausedUntil }), ...(movedFrom && { movedFrom }) };
    }
    case 'unsubscribed': {
      const leftReason = leavingReasons.find((reason) => reason === cell('left_reason'));
      return { ...past, ...(leftReason && { leftReason }) };
    }
    case 'bounced':
    case 'complained': {
      const locale = readerLocales.find((each) => each === cell('locale'));
      return { ...past, topics, ...(locale && { locale }) };
    }
    case 'moved': {
      const movedTo = idIn(cell('moved_to'));
      return movedTo && confirmedAt ? { ...past, movedTo, joined: cell('joined') === 'yes' } : undefined;
    }
    default:
      return {};
  }
}

/** As a reader's id is written. */
export const idIn = (cell: string) => (/^[0-9a-f]{32}$/.test(cell) ? cell : undefined);

/** As an import's id is written. */
export const importIn = (cell: string) => (/^[0-9a-z-]{1,60}$/.test(cell) ? cell : undefined);

/** As an export writes moments, and nothing like it: the 30th of February is none. */
function momentIn(cell: string): string | undefined {
  const at = new Date(cell);
  return !Number.isNaN(at.getTime()) && at.toISOString() === cell ? cell : undefined;
}

/** As `status` of a list of our own says it. */
export function ownStatus(status: string, reason: string): RowStatus | undefined {
  if (status === 'suppressed') return reason === 'complaint' ? 'complained' : 'bounced';
  return ({ confirmed: 'subscribed', pending: 'unconfirmed', unsubscribed: 'unsubscribed', erased: 'erased', moved: 'moved' } as const)[
    status
  ];
}
