import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { Now } from '../platform/clock.ts';
import { shards } from '../platform/keys.ts';
import type { Ledger } from './ledger.ts';
import { receiptOf } from './receipt/receipt.ts';
import { reportDiscrepancy } from './receipt/report-discrepancy.ts';

export type FinishingServices = {
  digests: Pick<DigestStore, 'find' | 'end'>;
  issues: { markSent(slug: string, digestId: string): Promise<unknown>; release(slug: string, digestId: string): Promise<unknown> };
  ledger: Pick<Ledger, 'hasOpenOrders' | 'fannedOut' | 'entries'>;
  now: Now;
};

/**
 * Ends a digest once every shard is planned and every position of every order has an outcome. Anybody may ask at any
 * time: the cheap question (is an order open?) comes first, and the end is written once.
 */
export async function finishIfComplete(id: string, services: FinishingServices): Promise<'ended' | 'open' | 'over'> {
  const { digests, ledger, now } = services;
  if (await ledger.hasOpenOrders(id)) return 'open';
  const digest = await digests.find(id);
  if (digest?.phase !== 'open') return 'over';
  // Told by the digest first, so that most ends cost no further look.
  if (digest.heldBack.size > 0 && (await ledger.hasOpenOrders(id, { aside: true }))) return 'open';
  if (digest.holds.has('assembly') || (await ledger.fannedOut(id)).size < shards.length) return 'open';
  const receipt = await receiptOf(id, ledger);
  // The index is a moment late; the receipt, read consistently, is what decides.
  if (receipt.open > 0) return 'open';
  const cancelled = digest.holds.has('cancel');
  await passOnIssues(digest, cancelled && receipt.submitted + receipt.unknown === 0, services);
  if (!(await digests.end(id, cancelled ? 'cancelled' : 'done', now(), receipt))) return 'over';
  if (!receipt.addsUp) reportDiscrepancy(id, receipt);
  return 'ended';
}

/** Mailed issues are sent; those of a digest that was called off before anybody got it are drafts again. */
async function passOnIssues({ id, issues = [] }: Digest, nobodyGotIt: boolean, services: FinishingServices) {
  await Promise.all(issues.map(({ slug }) => (nobodyGotIt ? services.issues.release(slug, id) : services.issues.markSent(slug, id))));
}
