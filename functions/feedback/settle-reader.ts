import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { ConsentLog } from '../subscribers/consent-log.ts';
import type { Standing, Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { DeadMailboxes } from '../subscribers/tombstones/dead-mailboxes.ts';
import type { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { type AcquittalServices, acquittals } from './acquit.ts';
import type { FeedbackLog } from './feedback-log.ts';
import { softSuspects, type Verdict, verdictOn } from './judge-reader.ts';
import { deadBy, keepDead } from './keep-dead.ts';
import type { ReaderFeedback } from './reader-feedback.ts';

export type SettlingServices = AcquittalServices & {
  subscribers: Pick<SubscriberStore, 'find' | 'suppress'>;
  tombstones: Pick<Tombstones, 'restore' | 'antedate'>;
  feedback: Pick<FeedbackLog, 'of'>;
  consents: Pick<ConsentLog, 'record' | 'idsBefore' | 'of'>;
  deadMailboxes: Pick<DeadMailboxes, 'keep' | 'drop'>;
  now: Now;
};

/**
 * Derives a reader's state from all feedback about them so far, and stores it. A reader who was suppressed for soft bounces is
 * restored when a delivery event arrives late. `address` is the one that mail was sent to, because a tombstone has none.
 */
export async function settleReader(
  id: string,
  address: string | undefined,
  services: SettlingServices,
): Promise<'unknown' | 'restored' | 'suppressed' | 'unchanged'> {
  const { verdict, standing, reader, suspects, said } = await judge(id, services);
  if (!reader) return 'unknown';
  if (!verdict) return restore(reader, address, services);
  const outdated = acquittedMoment(reader, verdict, suspects);
  // Another worker may have decided with less, or more, than is known here: look again.
  if (outdated && (await services.tombstones.antedate(id, outdated, verdict.at)) === 'changed') return settleReader(id, address, services);
  await keepDead(reader, deadBy(verdict, said), services);
  const outcome = await services.subscribers.suppress(id, verdict.reason, new Date(verdict.at), standing);
  if (outcome === 'suppressed') logger.info('A reader is not written to any more', { reader: id, reason: verdict.reason });
  // A delivery may have been told between the look at the ledger and this: it found nobody to bring back.
  if (outcome === 'suppressed' && suspects.length > 0) {
    const again = await settleReader(id, address, services);
    return again === 'unchanged' ? outcome : again;
  }
  if (verdict.reason === 'complaint') await services.deadMailboxes.drop(id);
  await endEvidence(id, verdict, services);
  return outcome;
}

/** The moment of their suppression, where that is a soft bounce made good by now and something older decides. */
function acquittedMoment(reader: Subscriber, { reason, at }: Verdict, suspects: readonly ReaderFeedback[]): string | undefined {
  if (reader.state !== 'suppressed' || reader.reason !== 'bounce' || reason !== 'bounce' || reader.suppressedAt <= at) return undefined;
  return suspects.some((soft) => soft.at === reader.suppressedAt) ? reader.suppressedAt : undefined;
}

/** Nobody writes to them any more, so the evidence of their consent has an end. Also after a worker that died before storing it. */
async function endEvidence(id: string, { reason, at }: Verdict, { subscribers, consents }: SettlingServices) {
  const reader = await subscribers.find(id);
  if (reader?.state === 'suppressed' && reader.suppressedAt === at)
    await consents.record(id, { event: 'suppressed', at, page: 'feedback', reason });
}

async function judge(id: string, services: SettlingServices) {
  const [reader, said] = await Promise.all([services.subscribers.find(id), services.feedback.of(id, services.now())]);
  const standing = standingOf(reader);
  const suspects = softSuspects(said, standing);
  const acquitted =
    suspects.length > 0 ? await acquittals([id, ...(await services.consents.idsBefore(id))], suspects, services) : undefined;
  return { reader, standing, suspects, said, verdict: verdictOn(said, standing, acquitted) };
}

async function restore(reader: Subscriber, address: string | undefined, { tombstones, consents, now }: SettlingServices) {
  if (reader.state !== 'suppressed' || reader.reason !== 'bounce' || !address) return 'unchanged';
  // First, so that nobody is mailed whose evidence has an end.
  if (reader.was === 'confirmed') await consents.record(reader.id, { event: 'restored', at: now().toISOString(), page: 'feedback' });
  const outcome = await tombstones.restore(reader.id, address, new Date(reader.suppressedAt));
  if (outcome === 'restored') logger.info('A delivery that was told late brings a reader back', { reader: reader.id });
  return outcome;
}

/** From when on mails count: the last sign-up or its confirmation, whichever the reader has come to. */
function standingOf(reader: Subscriber | undefined): Standing {
  if (!reader) return { since: '' };
  const reinstated = reader.reinstatedAt === undefined ? {} : { reinstatedAt: reader.reinstatedAt };
  if (reader.state === 'erased') return { since: reader.erasedAt, ...reinstated };
  return { since: reader.confirmedAt ?? reader.signedUpAt ?? '', ...reinstated };
}
