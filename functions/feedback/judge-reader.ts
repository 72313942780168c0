import { clockSkewMs, days } from '../platform/clock.ts';
import type { Standing, SuppressionReason } from '../subscribers/subscriber.ts';
import type { ReaderFeedback } from './reader-feedback.ts';

/** That the reader is suppressed, why, and since when. */
export type Verdict = { reason: SuppressionReason; at: string };

/** Whether a later delivery, or one of the same mail, has shown that the mailbox works after all. */
export type Acquitted = (feedback: ReaderFeedback) => boolean;

const softLimit = 5;
const softSpanMs = days(14);
const unexplainedLimit = 2;

/**
 * Whether a reader is suppressed, from the set of all feedback about them and nothing else. So the order of events, repetitions
 * and delays change nothing. A complaint takes precedence over everything else. Only bounces of mails sent since the last
 * sign-up count.
 */
export function verdictOn(said: readonly ReaderFeedback[], { since, reinstatedAt = '' }: Standing, acquitted: Acquitted = () => false) {
  const complaints = said.filter(({ kind, at }) => kind === 'complaint' && at > reinstatedAt);
  if (complaints.length > 0) return { reason: 'complaint', at: latest(complaints) } satisfies Verdict;
  const counting = bouncesSince(said, { since, reinstatedAt });
  const dead = counting.filter(({ kind }) => kind === 'dead');
  const unexplained = counting.filter(({ kind }) => kind === 'unexplained');
  const soft = counting.filter((feedback) => feedback.kind === 'soft' && !acquitted(feedback));
  const decisive = [...dead, ...(mailsOf(unexplained).size >= unexplainedLimit ? unexplained : []), ...(isTooMuch(soft) ? soft : [])];
  return decisive.length > 0 ? ({ reason: 'bounce', at: latest(decisive) } satisfies Verdict) : undefined;
}

/** The soft bounces, if they are too many without a delivery. Only then is the ledger searched for deliveries. */
export function softSuspects(said: readonly ReaderFeedback[], standing: Standing): ReaderFeedback[] {
  const soft = bouncesSince(said, standing).filter(({ kind }) => kind === 'soft');
  return isTooMuch(soft) ? soft : [];
}

function bouncesSince(said: readonly ReaderFeedback[], { since, reinstatedAt = '' }: Standing) {
  const from = since ? Date.parse(since) - clockSkewMs : 0;
  return said.filter(({ kind, at }) => kind !== 'complaint' && Date.parse(at) >= from && at > reinstatedAt);
}

function isTooMuch(soft: readonly ReaderFeedback[]) {
  const times = [...mailsOf(soft).values()];
  return times.length >= softLimit && Math.max(...times) - Math.min(...times) >= softSpanMs;
}

/** A digest counts once, however many attempts of it bounced, at its first; any other mail counts by itself. */
function mailsOf(bounces: readonly ReaderFeedback[]): Map<string, number> {
  const mails = new Map<string, number>();
  for (const { digest, messageId, at } of bounces) {
    const name = digest ?? messageId;
    mails.set(name, Math.min(mails.get(name) ?? Number.POSITIVE_INFINITY, Date.parse(at)));
  }
  return mails;
}

const latest = (feedback: readonly ReaderFeedback[]) => feedback.reduce((time, { at }) => (at > time ? at : time), '');
