import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import { publishDigest } from '../digests/publish-digest.ts';
import type { IssueStore } from '../issues/issue-store.ts';
import type { Announce } from '../platform/announcement.ts';
import { after, type Now } from '../platform/clock.ts';
import type { Ledger } from './ledger.ts';
import { takeReport } from './report/current-report.ts';
import { reportDiscrepancy } from './report/report-discrepancy.ts';
import type { Segment } from './segments/segments.ts';

export type FinishingServices = {
  digests: Pick<DigestStore, 'find' | 'end' | 'publish'>;
  issues: Pick<IssueStore, 'archive'> & {
    markSent(slug: string, digestId: string): Promise<unknown>;
    release(slug: string, digestId: string): Promise<unknown>;
  };
  ledger: Pick<Ledger, 'hasOpenBatches' | 'plannedShards' | 'segments'>;
  announce: Announce;
  now: Now;
};

/** A worker has mails to send. What it has no time to sum, the watch does. */
const patienceMs = 10_000;

/**
 * Ends a digest once every shard is planned and every position of every batch has an outcome. May be called at any time: the cheap
 * question (is a batch open?) comes first, and the end is written once.
 */
export async function finishIfComplete(id: string, services: FinishingServices): Promise<'ended' | 'open' | 'over'> {
  const { digests, ledger, announce, now } = services;
  if (await ledger.hasOpenBatches(id)) return 'open';
  const digest = await digests.find(id);
  if (digest?.phase !== 'open') return 'over';
  // The digest is asked first, so that most ends need no second query.
  if (digest.postponed.size > 0 && (await ledger.hasOpenBatches(id, { postponed: true }))) return 'open';
  if (digest.holds.has('assembly') || (await ledger.plannedShards(id)).size < digest.shards) return 'open';
  const until = after(now(), patienceMs);
  // Nothing is open by the index: who thinks so has not been told, or the index is late. The batches themselves decide.
  const alsoFold = ({ sums }: Segment) => (sums?.counts.open ?? 0) > 0;
  const { report, isWhole, reopening } = await takeReport(id, { ledger, now }, { hasTime: () => now() < until, alsoFold });
  if (!isWhole || reopening > 0 || report.open > 0) return 'open';
  if (report.submitted > 0) await publishDigest(digest, services);
  const cancelled = digest.holds.has('cancel');
  await passOnIssues(digest, cancelled && report.submitted + report.unknown === 0, services);
  await announce({ type: 'digest.finished', digest: id });
  if (!(await digests.end(id, cancelled ? 'cancelled' : 'done', now(), report))) return 'over';
  if (!report.addsUp) reportDiscrepancy(id, report);
  return 'ended';
}

/** Issues that were mailed are `sent`. Those of a digest that was cancelled before anybody got it are drafts again. */
async function passOnIssues({ id, issues = [] }: Digest, nobodyGotIt: boolean, services: FinishingServices) {
  await Promise.all(issues.map(({ slug }) => (nobodyGotIt ? services.issues.release(slug, id) : services.issues.markSent(slug, id))));
}
