import type { ReaderLocale } from '../../words/locale.ts';
import type { LeavingReason, LeavingWay, Subscriber } from '../subscriber.ts';

/** What a list says of somebody, the least permissive last: where two rows of one file differ, that one counts. */
export const rowStatuses = ['subscribed', 'unconfirmed', 'unsubscribed', 'bounced', 'complained', 'erased', 'moved'] as const;
export type RowStatus = (typeof rowStatuses)[number];

/** As a reader's item has them. */
export type OwnFacts = {
  pausedUntil?: string;
  movedFrom?: string;
  movedTo?: string;
  joined?: boolean;
  signedUpAt?: string;
  confirmedAt?: string;
  leftReason?: LeavingReason;
  /** Of a suppressed reader: what they had chosen, for the case that it was an error. */
  locale?: ReaderLocale;
  topics?: readonly string[];
};

/** One row of an imported list. */
export type ImportedReader = {
  id: string;
  /** As it was written; absent where a list of our own knows no more than the id. */
  address?: string;
  locale: ReaderLocale;
  topics: readonly string[];
  status: RowStatus;
  /** When they said yes, or left, or bounced, as far as the list says. */
  at?: string;
  /** How they left, where a list of our own says so. */
  leftBy?: LeavingWay;
  /** What else a list of our own says of somebody in this state. */
  own?: OwnFacts;
  /** An earlier import that vouches for the consent; else this one does. */
  consentImport?: string;
  importId: string;
  row: number;
};

/**
 * What a row does. `added`: a reader more; `kept`: an address that is not mailed, since it was never confirmed; `left` and
 * `suppressed`: takes somebody off, or keeps them from being brought back; `known`: says what we know; `stays_…`: somebody whom
 * the row does not move, because they chose otherwise.
 */
export const takenIn = [
  ...(['added', 'kept', 'left', 'suppressed', 'erased', 'moved', 'known'] as const),
  ...(['stays_subscribed', 'stays_unsubscribed', 'stays_suppressed', 'stays_erased', 'stays_moved'] as const),
] as const;
export type TakenIn = (typeof takenIn)[number];

const fresh = {
  subscribed: 'added',
  unconfirmed: 'kept',
  unsubscribed: 'left',
  bounced: 'suppressed',
  complained: 'suppressed',
  erased: 'erased',
  moved: 'moved',
} as const satisfies Record<RowStatus, TakenIn>;

const wantsMail = (status: RowStatus) => status === 'subscribed' || status === 'unconfirmed';

/**
 * What a row does to somebody as we know them. Nobody who left, bounced, complained or was erased is brought back, and a
 * reader's own newer choice outweighs what a list says; a list outweighs what another list has said.
 */
export function outcomeOf(known: Subscriber | undefined, row: Pick<ImportedReader, 'status' | 'at'>): TakenIn {
  if (!known) return fresh[row.status];
  switch (known.state) {
    case 'confirmed':
      if (wantsMail(row.status)) return 'known';
      return isNewer(row.at, known.consentedAt ?? known.confirmedAt, known.importId) ? fresh[row.status] : 'stays_subscribed';
    case 'pending':
      if (row.status === 'subscribed') return 'added';
      if (row.status === 'unconfirmed') return 'known';
      return isNewer(row.at, known.signedUpAt, known.importId) ? fresh[row.status] : 'stays_subscribed';
    case 'unsubscribed':
      if (wantsMail(row.status)) return 'stays_unsubscribed';
      return ['complained', 'erased'].includes(row.status) ? fresh[row.status] : 'known';
    case 'suppressed':
      if (wantsMail(row.status)) return 'stays_suppressed';
      return row.status === 'complained' && known.reason !== 'complaint' ? 'suppressed' : 'known';
    case 'erased':
      return wantsMail(row.status) ? 'stays_erased' : 'known';
    case 'moved':
      // They are a reader under another address, and what a list says is about the old one.
      return row.status === 'moved' ? 'known' : 'stays_moved';
  }
}

/** Without a date nothing shows that a list is newer than a reader's own choice; than another list it is. */
const isNewer = (at: string | undefined, chosenAt: string, importId: string | undefined) =>
  at === undefined ? importId !== undefined : at > chosenAt;
