import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { ConsentLog } from '../subscribers/consent-log.ts';
import type { Standing, Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { type AcquittalServices, acquittals } from './acquit.ts';
import type { FeedbackLog } from './feedback-log.ts';
import { softSuspects, type Verdict, verdictOn } from './judge-reader.ts';
import type { ReaderFeedback } from './reader-feedback.ts';

export type SettlingServices = AcquittalServices & {
  subscribers: Pick<SubscriberStore, 'find' | 'suppress'>;
  tombstones: Pick<Tombstones, 'restore' | 'antedate'>;
  feedback: Pick<FeedbackLog, 'of'>;
  consents: Pick<ConsentLog, 'record' | 'idsBefore'>;
  now: Now;
};

/**
 * Brings a reader's state in line with all that was said about them so far. Whoever was suppressed for soft bounces, and is
 * acquitted by a delivery that was told late, comes back; `address` is where that mail went, since a tombstone has none.
 */
export async function settleReader(
  id: string,
  address: string | undefined,
  services: SettlingServices,
): Promise<'unknown' | 'restored' | 'suppressed' | 'unchanged'> {
  const { verdict, standing, reader, suspects } = await judge(id, services);
  if (!reader) return 'unknown';
  if (!verdict) return restore(reader, address, services);
  const outdated = acquittedMoment(reader, verdict, suspects);
  // Whoever was quicker may not have known what is known here, nor the other way round.
  if (outdated && (await services.tombstones.antedate(id, outdated, verdict.at)) === 'changed') return settleReader(id, address, services);
  const outcome = await services.subscribers.suppress(id, verdict.reason, new Date(verdict.at), standing);
  if (outcome === 'suppressed') logger.info('A reader is not written to any more', { reader: id, reason: verdict.reason });
  // A delivery may have been told between the look at the ledger and this: it found nobody to bring back.
  if (outcome === 'suppressed' && suspects.length > 0) {
    const again = await settleReader(id, address, services);
    return again === 'unchanged' ? outcome : again;
  }
  await endEvidence(id, verdict, services);
  return outcome;
}

/** Since when nobody writes to them, where that is a soft bounce made good by now and something older decides. */
function acquittedMoment(reader: Subscriber, { reason, at }: Verdict, suspects: readonly ReaderFeedback[]): string | undefined {
  if (reader.state !== 'suppressed' || reader.reason !== 'bounce' || reason !== 'bounce' || reader.suppressedAt <= at) return undefined;
  return suspects.some((soft) => soft.at === reader.suppressedAt) ? reader.suppressedAt : undefined;
}

/** Nobody writes to them any more, so the evidence of their consent has an end. Also for whoever died before saying so. */
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
  return { reader, standing, suspects, verdict: verdictOn(said, standing, acquitted) };
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
  const lifted = reader.liftedAt === undefined ? {} : { liftedAt: reader.liftedAt };
  if (reader.state === 'erased') return { since: reader.erasedAt, ...lifted };
  return { since: reader.confirmedAt ?? reader.signedUpAt ?? '', ...lifted };
}
