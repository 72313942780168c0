import { maskAddressesIn } from '../../mail/email-address.ts';
import type { Now } from '../../platform/clock.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import type { ConsentLog, ConsentRecord } from '../consent-log.ts';
import type { SubscriberStore } from '../subscriber-store.ts';
import type { Tombstones } from './tombstones.ts';

export type LiftServices = {
  subscribers: Pick<SubscriberStore, 'find'>;
  tombstones: Pick<Tombstones, 'lift'>;
  consents: Pick<ConsentLog, 'of' | 'record'>;
  now: Now;
};

/** `address` is what the editor was told; that it is this reader's, the caller has checked by the id. */
export type Lift = { id: string; address: string; reason: string; by: string; locale: ReaderLocale };

/**
 * An editor takes back a suppression, with a reason that joins the evidence. Who had consented and not left since is a
 * reader again; of anybody else we have no consent, so they may sign up, and are not written to before.
 */
export async function liftSuppression({ id, address, reason, by, locale }: Lift, services: LiftServices) {
  const { subscribers, tombstones, consents, now } = services;
  const reader = await subscribers.find(id);
  if (reader?.state !== 'suppressed') return 'not_suppressed';
  const record = await consents.of(id);
  const consentedAt = standingConsent(record) ?? (reader.consentImport && !record.some(isLeaving) ? reader.confirmedAt : undefined);
  const spoken = record.findLast((consent) => consent.locale)?.locale ?? locale;
  const at = now();
  const back = consentedAt === undefined ? undefined : { address, confirmedAt: consentedAt, locale: spoken };
  if ((await tombstones.lift(id, reader.suppressedAt, back, at)) === 'changed') return 'changed';
  const lifted = { event: 'lifted', at: at.toISOString(), page: 'editor', by, reason: maskAddressesIn(reason) } as const;
  await consents.record(id, { ...lifted, ...(!back && { mailed: false }) });
  return back ? 'restored' : 'may_sign_up';
}

/** When the consent was given that nobody has taken back. */
function standingConsent(record: readonly ConsentRecord[]): string | undefined {
  const last = record.findLast(({ event }) => ['confirmed', 'moved', 'left', 'erased'].includes(event));
  // Whoever moved here has said yes in this very mailbox.
  return last?.event === 'confirmed' || last?.movedFrom !== undefined ? last.at : undefined;
}

const isLeaving = ({ event }: ConsentRecord) => event === 'left' || event === 'erased';
