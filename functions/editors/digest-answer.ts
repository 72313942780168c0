import { type ReceiptAnswer, receiptAnswer } from '../deliveries/receipt/receipt-answer.ts';
import { type Canary, isUnjudged } from '../digests/canary.ts';
import { type Digest, type DigestState, type Hold, stateOf } from '../digests/digest.ts';
import { emptyReceipt, type Receipt } from '../digests/receipt.ts';
import type { MailboxProvider } from '../mail/mailbox-provider.ts';

export type DigestAnswer = {
  id: string;
  state: DigestState;
  holds: Hold[];
  /** SES's words, when it is SES that holds the digest. */
  holdReason: string | null;
  /** Until when the hold `hold period` lasts, and the digest can be called off before anybody gets it. */
  holdUntil: string | null;
  /** By when, at the latest and if nobody else sends, a digest that is parked can go on. */
  parkedUntil: string | null;
  /**
   * The readers who are mailed first, why, and until when they are watched: null until the last of them is out; `unjudged` when
   * that time is over and SES's events do not come through.
   */
  canary: { readers: number; why: Canary['why']; until: string | null; unjudged: boolean } | null;
  /** Mailbox providers that refuse our mails for policy: their readers wait for an editor's word, while all others are mailed. */
  heldBack: { provider: MailboxProvider; blocked: number; submitted: number; waiting: number }[];
  scheduledFor: string;
  issues: string[];
  /** Which of them went out although the preflight had found an error, and why. */
  overrides: { slug: string; reason: string; by: string }[];
  /** Titles of what its mail carries as summary and link, since it had no room for all. */
  shortened: string[];
  receipt: ReceiptAnswer;
};

/** A run of the weekly schedule that is still to come, and what it would carry if it came now. */
export type NextDigest = UpcomingRun & { timeZone: string; issues: string[]; following: UpcomingRun[] };

/** `localTime` is what clocks in the newsletter's zone will show: `2026-11-27 09:00`. */
export type UpcomingRun = { occurrence: string; localTime: string; scheduledFor: string };

export const digestAnswer = (digest: Digest, now: Date, receipt: Receipt = emptyReceipt()): DigestAnswer => ({
  id: digest.id,
  state: stateWith(digest, receipt),
  holds: [...digest.holds],
  holdReason: digest.holdReason ?? null,
  holdUntil: digest.holdUntil ?? null,
  parkedUntil: digest.holds.has('quota') ? (digest.parkedUntil ?? null) : null,
  canary: canaryIn(digest, now),
  heldBack: heldBackIn(digest, receipt),
  scheduledFor: digest.scheduledFor,
  issues: (digest.issues ?? []).map(({ slug }) => slug),
  overrides: (digest.issues ?? []).flatMap(({ slug, override }) => (override ? [{ slug, ...override }] : [])),
  shortened: digest.shortened ?? [],
  receipt: receiptAnswer(digest, receipt),
});

const canaryIn = (digest: Digest, now: Date): DigestAnswer['canary'] =>
  digest.canary
    ? { readers: digest.canary.readers, why: digest.canary.why, until: digest.canaryUntil ?? null, unjudged: isUnjudged(digest, now) }
    : null;

const heldBackIn = ({ heldBack }: Digest, { byProvider }: Receipt): DigestAnswer['heldBack'] =>
  [...heldBack].sort().map((provider) => {
    const { blocked = 0, submitted = 0, waiting = 0 } = byProvider.find((row) => row.provider === provider) ?? {};
    return { provider, blocked, submitted, waiting };
  });

/** When all who are left wait for an editor's word, nothing is being sent. */
function stateWith(digest: Digest, receipt: Receipt): DigestState {
  const state = stateOf(digest);
  const waiting = heldBackIn(digest, receipt).reduce((sum, row) => sum + row.waiting, 0);
  return state === 'sending' && waiting > 0 && waiting === receipt.open ? 'held' : state;
}
