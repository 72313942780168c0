import type { Outage } from '../mail/outage.ts';
import type { ShardCount } from '../platform/keys.ts';
import { type Canary, isAmongFirst, isUnjudged } from './canary.ts';

/** The states of a digest that waits, the most urgent first. With several holds the first of these states is shown. */
const heldStates = ['stopped', 'paused', 'parked', 'held'] as const;
type HeldState = (typeof heldStates)[number];

export type DigestState = HeldState | 'sending' | 'done' | 'skipped' | 'cancelled';

/** The facts that decide whether `watch-digests` should have lifted a hold by now. */
type Watched = { holds: ReadonlySet<string>; canaryUntil?: string | undefined };

/** Everything that differs between holds. Other code knows about one hold only where it sets or lifts it. */
type HoldRule = {
  /** Who lifts it. `nobody`: it stays until the digest ends. */
  liftedBy: 'work' | 'watch' | 'editor' | 'nobody';
  /** Whether the party in `liftedBy` has not lifted it in time. Then an editor may. */
  isOverdue: (digest: Watched, now: Date) => boolean;
  state: HeldState;
  /** Which batches may be claimed while there is no other hold. */
  claims: 'none' | 'canary';
  /** When editors get a mail about it, once until it is lifted. The mail has the name of the hold. */
  notice: 'when set' | 'when overdue' | 'never';
  /** The attribute of the digest that says why, or until when. It is deleted with the hold. */
  reason: 'holdReason' | 'parkedUntil' | null;
};

const never = () => false;

/**
 * Why a digest does not send now. A hold is a member of the digest's set `holds`; it sends when the set is empty. States,
 * editors' actions, notices and words derive from this record or are typed by it. Editors are told of holds in this sequence.
 */
const rules = {
  /** Its email is still being made. */
  assembly: { liftedBy: 'work', isOverdue: never, state: 'held', claims: 'none', notice: 'never', reason: null },
  /** It may still be cancelled before anybody gets it. */
  'hold period': { liftedBy: 'watch', isOverdue: never, state: 'held', claims: 'none', notice: 'never', reason: null },
  /** The moment of its issue passed hours ago, while nothing ran: an editor decides whether it still goes. */
  late: { liftedBy: 'editor', isOverdue: never, state: 'held', claims: 'none', notice: 'when set', reason: null },
  /** An editor paused it. */
  editor: { liftedBy: 'editor', isOverdue: never, state: 'paused', claims: 'none', notice: 'never', reason: null },
  /** Too many mails bounced, were complained about or were rejected. */
  brake: { liftedBy: 'editor', isOverdue: never, state: 'held', claims: 'none', notice: 'when set', reason: 'holdReason' },
  /** SES accepts no mail from this account. */
  fault: { liftedBy: 'editor', isOverdue: never, state: 'stopped', claims: 'none', notice: 'when set', reason: 'holdReason' },
  /** The day's quota is used up. */
  quota: { liftedBy: 'watch', isOverdue: never, state: 'parked', claims: 'none', notice: 'when set', reason: 'parkedUntil' },
  /** Its first batches go out alone and are watched. */
  canary: { liftedBy: 'watch', isOverdue: isUnjudged, state: 'held', claims: 'canary', notice: 'when overdue', reason: null },
  /** An editor cancelled it. */
  cancel: { liftedBy: 'nobody', isOverdue: never, state: 'held', claims: 'none', notice: 'never', reason: null },
} as const satisfies Record<string, HoldRule>;

export type Hold = keyof typeof rules;
export const holdRules: Record<Hold, HoldRule> = rules;
export const holds = Object.keys(rules) as Hold[];

/**
 * What holds every digest, because the breaker of the account is open; no digest stores it. `unreachable`: SES takes no mail, and the
 * watch closes the breaker. `restore`: the table was restored, and an editor releases it.
 */
export const accountHolds = ['unreachable', 'restore'] as const;
export type AccountHold = (typeof accountHolds)[number];
export const accountHoldOf = (outage: Pick<Outage, 'cause'> | undefined): AccountHold | undefined =>
  outage && (outage.cause === 'restore' ? 'restore' : 'unreachable');

/** What an editor is shown. */
export type ShownHold = Hold | AccountHold;

/** The holds that editors get a mail about. */
export type NoticedHold = { [Each in Hold]: (typeof rules)[Each] extends { notice: 'never' } ? never : Each }[Hold];
export const noticedHolds = holds.filter((hold): hold is NoticedHold => holdRules[hold].notice !== 'never');

type Divided = Held & { canary?: Canary | undefined; slowStart?: number | undefined; shards?: ShardCount };
type Held = { phase: 'open' | 'done' | 'skipped' | 'cancelled'; holds: ReadonlySet<Hold> };

/** The one word that editors read first. */
export function stateOf({ phase, holds: set }: Held): DigestState {
  if (phase !== 'open') return phase;
  return heldStates.find((state) => [...set].some((hold) => holdRules[hold].state === state)) ?? 'sending';
}

/** Whether any of its batches may be claimed: nothing holds the digest, or only the canary does. */
export const maySendSome = ({ phase, holds: set }: Held) => phase === 'open' && [...set].every((hold) => holdRules[hold].claims !== 'none');

/**
 * Whether a batch may be claimed and its mails sent: nothing holds its digest, or only the canary does and the batch is part of it. After
 * its canary a digest speeds up, and the batch is among those that may go by now.
 */
export const maySend = ({ phase, holds: set, canary, slowStart, shards }: Divided, batch: { shard: string; batch: number }) =>
  phase === 'open' &&
  (slowStart === undefined || isAmongFirst(slowStart, batch, shards)) &&
  [...set].every((hold) => holdRules[hold].claims === 'canary' && canary !== undefined && isAmongFirst(canary.batches, batch, shards));

/** The holds of a digest that an editor lifts by resuming it: those that wait for an editor, and those that are overdue. */
export const resumableHolds = (digest: Held & Watched, now: Date): Hold[] =>
  [...digest.holds].filter((hold) => holdRules[hold].liftedBy === 'editor' || holdRules[hold].isOverdue(digest, now));

/** Whether a hold will stay until the digest ends, because an editor cancelled it. */
export const isFinal = ({ holds: set }: Pick<Held, 'holds'>) => [...set].some((hold) => holdRules[hold].liftedBy === 'nobody');

/** The holds of a digest that its editors have to be told about by now. */
export const holdsToNotice = (digest: Held & Watched, now: Date): NoticedHold[] =>
  noticedHolds.filter(
    (hold) => digest.holds.has(hold) && (holdRules[hold].notice === 'when set' || holdRules[hold].isOverdue(digest, now)),
  );

/** Holds in the sequence in which they are read out: the one that `holdReason` explains is last, next to the reason. */
export const inReadingOrder = (set: ReadonlySet<Hold>): Hold[] =>
  [...set].sort((a, b) => Number(holdRules[a].reason === 'holdReason') - Number(holdRules[b].reason === 'holdReason'));

/** The holds of a digest as they are read out, with what holds the whole account. */
export const shownHolds = ({ phase, holds: set }: Held, account: AccountHold | undefined): ShownHold[] => [
  ...(account && phase === 'open' ? [account] : []),
  ...inReadingOrder(set),
];
