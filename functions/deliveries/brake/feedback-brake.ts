import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import type { Receipt } from '../../digests/receipt.ts';
import type { Trip } from '../../digests/trip.ts';
import type { SendQuota } from '../../mail/send-quota.ts';
import type { Now } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';
import type { Ledger } from '../ledger.ts';
import { receiptOf } from '../receipt/receipt.ts';
import type { BrakeReadings } from './brake-readings.ts';
import { blocksThatCount, type HeldBack, holdBackProviders } from './hold-back.ts';

export type BrakeServices = {
  digests: Pick<DigestStore, 'brake' | 'holdBack'>;
  ledger: Pick<Ledger, 'entries' | 'fannedOut'>;
  brakeReadings: BrakeReadings;
  quota: () => Promise<Pick<SendQuota, 'maxSendRate'>>;
  now: Now;
};

/** SES reviews an account at 5 % bounces and 0.1 % complaints; small numbers say nothing yet. */
const limits = {
  bounced: { after: 50, of: 'submitted', perThousand: 50, atLeast: 10 },
  complained: { after: 1_000, of: 'delivered', perThousand: 1, atLeast: 5 },
} as const;

/**
 * Holds a digest that sends while too many of its mails bounce or are complained about, with the figures as the reason. It
 * goes on from where it stood when an editor resumes it; what had come before does not count again. Asked every minute, it
 * leaves out looks that could hardly find anything new.
 */
export async function tripBrake(digest: Digest, services: BrakeServices): Promise<'tripped' | 'fine' | 'left_out'> {
  const { digests, ledger, brakeReadings, now } = services;
  const isSending = [...digest.holds].every((hold) => hold === 'canary');
  if (!digest.startedAt || !isSending) return 'fine';
  const at = now();
  if (brakeReadings.mayWait(digest, await rateNow(digest, services), at)) return 'left_out';
  // Over the whole ledger: figures that are a moment old will do, and cost half.
  const entries = (id: string, shard: string) => ledger.entries(id, shard, { consistent: false });
  const receipt = await receiptOf(digest.id, { fannedOut: (id) => ledger.fannedOut(id), entries });
  brakeReadings.read(digest, receipt, at);
  const heldBack = await holdBackProviders(digest, receipt, digests);
  const trip = tooMuchIn(receipt, { ...digest, heldBack: new Set(heldBack) });
  if (!trip) return 'fine';
  await digests.brake(digest.id, trip, receipt);
  logger.error('The brake holds a digest', { digest: digest.id, ...trip });
  return 'tripped';
}

/** While nobody can tell, as fast as can be: then the figures are read. */
const rateNow = ({ id }: Digest, { brakeReadings, quota }: BrakeServices): Promise<number> | number =>
  brakeReadings.has(id)
    ? quota().then(
        ({ maxSendRate }) => maxSendRate,
        () => Number.POSITIVE_INFINITY,
      )
    : Number.POSITIVE_INFINITY;

function tooMuchIn(receipt: Receipt, digest: Digest): Trip | undefined {
  const { brakedAt: before, canaryUntil, holds } = digest;
  // A canary that is out is the whole sample: more of it does not come.
  const isWhole = holds.has('canary') && canaryUntil !== undefined;
  for (const kind of ['bounced', 'complained'] as const) {
    const { after, of, perThousand, atLeast } = limits[kind];
    const count = badIn(receipt, kind, digest) - (before ? badIn(before, kind, digest) : 0);
    const all = receipt[of] - (before?.[of] ?? 0);
    if ((isWhole || all >= after) && count >= atLeast && count * 1_000 >= all * perThousand) return { kind, count, of: all };
  }
  return undefined;
}

/** SES counts a refusal by policy as a bounce like any other. */
const badIn = (receipt: Receipt, kind: keyof typeof limits, heldBack: HeldBack) =>
  receipt[kind] + (kind === 'bounced' ? blocksThatCount(receipt, heldBack) : 0);
