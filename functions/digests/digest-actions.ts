import { reachOf } from './delivery-report.ts';
import type { Digest } from './digest.ts';
import { isFinal, resumableHolds } from './hold.ts';

export type DigestAction = 'pause' | 'resume' | 'send-to-postponed' | 'plan-again' | 'mail-again' | 'cancel';

/**
 * What somebody who may send can do to a digest at this moment that would change something. Readers are planned again also when it is done, and
 * mailed again only then: before, it is not known yet whom a provider refuses.
 */
export function actionsOn(digest: Digest, report: Parameters<typeof reachOf>[0], now: Date): DigestAction[] {
  const reach = reachOf(report);
  const isDone = digest.phase === 'done';
  const isOpen = digest.phase === 'open' && !isFinal(digest);
  const isResumable = resumableHolds(digest, now).length > 0;
  const possible: Record<DigestAction, boolean> = {
    pause: isOpen && !isResumable,
    resume: isOpen && isResumable,
    'send-to-postponed': isOpen && digest.postponed.size > 0,
    'plan-again': reach.plan > 0 && (isOpen || isDone) && digest.planAgainAt === undefined,
    'mail-again': reach.mail > 0 && isDone && digest.mailAgainAt === undefined,
    cancel: isOpen,
  };
  return (Object.keys(possible) as DigestAction[]).filter((action) => possible[action]);
}
