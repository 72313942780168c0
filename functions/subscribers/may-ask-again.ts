import { after, clockSkewMs, days } from '../platform/clock.ts';
import type { Subscriber } from './subscriber.ts';

/** A mailbox that was dead for so long may have been given to somebody. */
const triedAgainDays = 30;

/** What tells whether a reader has moved since they were read. */
export function lastChange(reader: Subscriber): [attribute: string, at: string] {
  if (reader.state === 'suppressed') return ['suppressedAt', reader.suppressedAt];
  if (reader.state === 'unsubscribed') return ['leftAt', reader.leftAt];
  if (reader.state === 'erased') return ['erasedAt', reader.erasedAt];
  if (reader.state === 'moved') return ['movedAt', reader.movedAt];
  return reader.state === 'pending' ? ['signedUpAt', reader.signedUpAt] : ['confirmedAt', reader.confirmedAt];
}

/** Whether this sign-up moves somebody whom we know already. */
export function mayAskAgain(reader: Subscriber, askedAt: Date): boolean {
  // A message that SQS brings again must not bring back a reader who left meanwhile.
  const lastLeaving = after(askedAt, clockSkewMs).toISOString();
  const lastBounce = after(askedAt, -days(triedAgainDays)).toISOString();
  if (reader.state === 'unsubscribed') return reader.leftAt < lastLeaving;
  if (reader.state === 'erased') return reader.erasedAt < lastLeaving;
  if (reader.state === 'moved') return reader.movedAt < lastLeaving;
  if (reader.state === 'suppressed')
    return (reader.reinstatedAt ?? '') >= reader.suppressedAt || (reader.reason === 'bounce' && reader.suppressedAt < lastBounce);
  if (reader.state !== 'pending' || !reader.cameFrom) return false;
  // A mailbox that was dead is tried by one mail a month.
  return reader.cameFrom !== 'suppressed' || (reader.cameAt ?? '') < lastBounce;
}
