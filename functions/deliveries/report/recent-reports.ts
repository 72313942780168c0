import type { DeliveryReport } from '../../digests/delivery-report.ts';
import { type Now, seconds } from '../../platform/clock.ts';

export type ReportRequest = { /** A page that asks every other second is content with numbers a few seconds old. */ mayBeOld?: boolean };

const keptMs = seconds(5);
/** A report is kept for so many times as long as it took, so that however many pages are open, it is rarely being taken. */
const shareOfTaking = 20;
const mostKept = 20;

type Kept = { report: Promise<DeliveryReport>; until: number };

/** Reports as the API shows them: taken now, or kept for a few seconds by this process. */
export function recentReports(take: (digest: string) => Promise<DeliveryReport>, now: Now) {
  const kept = new Map<string, Kept>();
  return (digest: string, { mayBeOld = false }: ReportRequest = {}): Promise<DeliveryReport> => {
    const began = now().getTime();
    const last = kept.get(digest);
    if (mayBeOld && last && last.until > began) return last.report;
    // While it is being taken, others wait for the same.
    const next: Kept = { report: take(digest), until: Number.POSITIVE_INFINITY };
    kept.delete(digest);
    kept.set(digest, next);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    next.report.then(
      () => {
        const ended = now().getTime();
        next.until = ended + Math.max(keptMs, (ended - began) * shareOfTaking);
      },
      () => {
        if (kept.get(digest) === next) kept.delete(digest);
      },
    );
    return next.report;
  };
}
