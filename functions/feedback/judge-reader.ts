import type { Standing, SuppressionReason } from '../subscribers/subscriber.ts';
import type { ReaderFeedback } from './reader-feedback.ts';

/** That nobody writes to this reader any more, and since when. */
export type Verdict = { reason: SuppressionReason; at: string };

/** Whether a later delivery, or one of the same mail, has shown that the mailbox works after all. */
export type Acquitted = (feedback: ReaderFeedback) => boolean;

const softLimit = 5;
const softMilliseconds = 14 * 86_400_000;
const unexplainedLimit = 2;
/** By how much SES's clock and ours may differ. */
const skewMilliseconds = 20_000;

/**
 * What follows from all that was said about a reader. It looks at nothing but the set of what was said, so that order,
 * repetition and delay change nothing: a complaint outweighs all else; of bounces count only those of mails sent under the
 * present sign-up.
 */
export function verdictOn(said: readonly ReaderFeedback[], { since, liftedAt = '' }: Standing, acquitted: Acquitted = () => false) {
  const complaints = said.filter(({ kind, at }) => kind === 'complaint' && at > liftedAt);
  if (complaints.length > 0) return { reason: 'complaint', at: latest(complaints) } satisfies Verdict;
  const counting = bouncesSince(said, { since, liftedAt });
  const dead = counting.filter(({ kind }) => kind === 'dead');
  const unexplained = counting.filter(({ kind }) => kind === 'unexplained');
  const soft = counting.filter((feedback) => feedback.kind === 'soft' && !acquitted(feedback));
  const decisive = [...dead, ...(mailsOf(unexplained).size >= unexplainedLimit ? unexplained : []), ...(isTooMuch(soft) ? soft : [])];
  return decisive.length > 0 ? ({ reason: 'bounce', at: latest(decisive) } satisfies Verdict) : undefined;
}

/** Soft bounces that would be too many, were none of them acquitted: then, and only then, deliveries are worth a look. */
export function softSuspects(said: readonly ReaderFeedback[], standing: Standing): ReaderFeedback[] {
  const soft = bouncesSince(said, standing).filter(({ kind }) => kind === 'soft');
  return isTooMuch(soft) ? soft : [];
}

function bouncesSince(said: readonly ReaderFeedback[], { since, liftedAt = '' }: Standing) {
  const from = since ? Date.parse(since) - skewMilliseconds : 0;
  return said.filter(({ kind, at }) => kind !== 'complaint' && Date.parse(at) >= from && at > liftedAt);
}

function isTooMuch(soft: readonly ReaderFeedback[]) {
  const times = [...mailsOf(soft).values()];
  return times.length >= softLimit && Math.max(...times) - Math.min(...times) >= softMilliseconds;
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
