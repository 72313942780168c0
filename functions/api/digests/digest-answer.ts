import { fulfils, needs } from '../../access/need.ts';
import type { Actor, Principal } from '../../access/principal.ts';
import { type ReportAnswer, reportAnswer } from '../../deliveries/report/report-answer.ts';
import { type Canary, isUnjudged } from '../../digests/canary.ts';
import { type DeliveryReport, emptyReport } from '../../digests/delivery-report.ts';
import type { Digest } from '../../digests/digest.ts';
import { actionsOn, type DigestAction } from '../../digests/digest-actions.ts';
import type { DigestAct } from '../../digests/history/digest-history.ts';
import { accountHoldOf, type DigestState, type ShownHold, shownHolds, stateOf } from '../../digests/hold.ts';
import type { MailboxProvider } from '../../mail/mailbox-provider.ts';
import type { Outage } from '../../mail/outage.ts';

export type DigestAnswer = {
  id: string;
  state: DigestState;
  /** Whether it has ended; mailboxes may still answer after that. */
  over: boolean;
  /** What who asks may do now that would change something. */
  may: DigestAction[];
  /** The hold that `holdReason` explains is the last. */
  holds: ShownHold[];
  /** The numbers that tripped the brake, or SES's message when it accepts no mail. */
  holdReason: string | null;
  /** Why and since when nobody can send, while the hold `unreachable` shows it; `reason` has SES's words, addresses masked. */
  unreachable: { since: string; cause: Outage['cause']; reason: string } | null;
  /** Until when the hold `hold period` lasts, and the digest can be cancelled before anybody gets it. */
  holdUntil: string | null;
  /** By when a digest that waits for quota can go on, at the latest and if nobody else sends. */
  parkedUntil: string | null;
  /**
   * How many readers are mailed first, and why. `until` is when the watch over them ends, null until the last of them is mailed.
   * `unjudged`: that time is over, and SES's events do not arrive.
   */
  canary: { readers: number; why: Canary['why']; until: string | null; unjudged: boolean } | null;
  /** Mailbox providers that refuse our mails for policy. Their readers wait until an editor decides, while all others are mailed. */
  postponed: { provider: MailboxProvider; blocked: number; submitted: number; waiting: number }[];
  /** Providers at which a crowd of mailboxes is said to be dead, and nobody has decided yet; `tried` by a later digest. */
  incidents: { provider: MailboxProvider; bounced: number; submitted: number; tried: boolean }[];
  scheduledFor: string;
  issues: string[];
  /** Which of them went out although the preflight had found an error, and why. */
  overrides: { slug: string; reason: string; by: Actor }[];
  /** Titles of what its mail has only as summary and link, for lack of room. */
  shortened: string[];
  report: ReportAnswer;
  /** Who did what to it, newest first; only when one asks for the one digest. */
  history?: DigestAct[];
};

/** A run of the weekly schedule that is still to come, and what it would carry if it came now. */
export type NextDigest = UpcomingRun & {
  timeZone: string;
  /** In the order of the mail: the first one leads. */
  issues: string[];
  /** What it says before them, in Markdown; empty for nothing. */
  note: string;
  following: UpcomingRun[];
};

/** `localTime` is what clocks in the newsletter's zone will show: `2026-11-27 09:00`. */
export type UpcomingRun = { slot: string; localTime: string; scheduledFor: string };

/** What is known beside the digest: who asks, its report, and the outage that stops the whole account now. */
type Known = { principal: Principal; now: Date; report?: DeliveryReport; outage?: Outage | undefined };

export const digestAnswer = (digest: Digest, { principal, now, report = emptyReport(), outage }: Known): DigestAnswer => ({
  id: digest.id,
  state: stateWith(digest, report, outage !== undefined),
  over: digest.phase !== 'open',
  may: fulfils(principal, needs.send) ? actionsOn(digest, report, now) : [],
  holds: shownHolds(digest, accountHoldOf(outage)),
  holdReason: digest.holdReason ?? null,
  unreachable:
    accountHoldOf(outage) === 'unreachable' && outage && digest.phase === 'open'
      ? { since: outage.since.toISOString(), cause: outage.cause, reason: outage.reason }
      : null,
  holdUntil: digest.holdUntil ?? null,
  parkedUntil: digest.holds.has('quota') ? (digest.parkedUntil ?? null) : null,
  canary: canaryIn(digest, now),
  postponed: postponedIn(digest, report),
  incidents: incidentsIn(digest, report),
  scheduledFor: digest.scheduledFor,
  issues: (digest.issues ?? []).map(({ slug }) => slug),
  overrides: (digest.issues ?? []).flatMap(({ slug, override }) => (override ? [{ slug, ...override }] : [])),
  shortened: digest.shortened ?? [],
  report: reportAnswer(digest, report),
});

const canaryIn = (digest: Digest, now: Date): DigestAnswer['canary'] =>
  digest.canary
    ? { readers: digest.canary.readers, why: digest.canary.why, until: digest.canaryUntil ?? null, unjudged: isUnjudged(digest, now) }
    : null;

const postponedIn = ({ postponed }: Digest, { byProvider }: DeliveryReport): DigestAnswer['postponed'] =>
  [...postponed].sort().map((provider) => {
    const { blocked = 0, submitted = 0, waiting = 0 } = byProvider.find((row) => row.provider === provider) ?? {};
    return { provider, blocked, submitted, waiting };
  });

const incidentsIn = ({ incidents, trials }: Digest, { byProvider }: DeliveryReport): DigestAnswer['incidents'] =>
  [...incidents].sort().map((provider) => {
    const { bounced = 0, submitted = 0 } = byProvider.find((row) => row.provider === provider) ?? {};
    return { provider, bounced, submitted, tried: trials[provider] !== undefined };
  });

/** When all readers who are left are postponed, or nobody can send, nothing is being sent. */
function stateWith(digest: Digest, report: DeliveryReport, isUnreachable: boolean): DigestState {
  const state = stateOf(digest);
  if (state === 'sending' && isUnreachable) return 'held';
  const waiting = postponedIn(digest, report).reduce((sum, row) => sum + row.waiting, 0);
  return state === 'sending' && waiting > 0 && waiting === report.open ? 'held' : state;
}
