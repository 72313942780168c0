import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { Receipt } from '../digests/receipt.ts';
import { logger } from '../platform/logger.ts';
import type { Ledger } from './ledger.ts';
import { receiptOf } from './receipt/receipt.ts';

export type BrakeServices = { digests: Pick<DigestStore, 'brake'>; ledger: Pick<Ledger, 'entries'> };

/** SES reviews an account at 5 % bounces and 0.1 % complaints; small numbers say nothing yet. */
const limits = {
  bounced: { after: 50, of: 'submitted', share: 0.05, atLeast: 10 },
  complained: { after: 1_000, of: 'delivered', share: 0.001, atLeast: 5 },
} as const;

/**
 * Holds a digest that sends while too many of its mails bounce or are complained about, with the figures as the reason. It
 * goes on from where it stood when an editor resumes it; what had come before does not count again.
 */
export async function tripBrake(digest: Digest, { digests, ledger }: BrakeServices): Promise<'tripped' | 'fine'> {
  if (!digest.startedAt || digest.holds.size > 0) return 'fine';
  const receipt = await receiptOf(digest.id, ledger);
  const reason = tooMuchIn(receipt, digest.brakedAt);
  if (!reason) return 'fine';
  await digests.brake(digest.id, receipt, reason);
  logger.error('The brake holds a digest', { digest: digest.id, reason });
  return 'tripped';
}

function tooMuchIn(receipt: Receipt, before?: Receipt): string | undefined {
  for (const kind of ['bounced', 'complained'] as const) {
    const { after, of, share, atLeast } = limits[kind];
    const bad = badIn(receipt, kind) - (before ? badIn(before, kind) : 0);
    const all = receipt[of] - (before?.[of] ?? 0);
    if (all >= after && bad >= atLeast && bad >= all * share) return `${bad} of ${all} ${of} ${kind}`;
  }
  return undefined;
}

/** SES counts a refusal by policy as a bounce like any other. */
const badIn = (receipt: Receipt, kind: keyof typeof limits) => receipt[kind] + (kind === 'bounced' ? receipt.blocked : 0);
