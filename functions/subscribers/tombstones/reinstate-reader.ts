import type { Actor } from '../../access/principal.ts';
import { maskAddressesIn } from '../../mail/email-address.ts';
import type { Now } from '../../platform/clock.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import type { ConsentLog, ConsentRecord } from '../consent-log.ts';
import type { SubscriberStore } from '../subscriber-store.ts';
import type { Tombstones } from './tombstones.ts';

export type ReinstateServices = {
  subscribers: Pick<SubscriberStore, 'find'>;
  tombstones: Pick<Tombstones, 'reinstate'>;
  consents: Pick<ConsentLog, 'of' | 'record'>;
  now: Now;
};

/** `address` is what the editor was told; that it is this reader's, the caller has checked by the id. */
export type Reinstate = { id: string; address: string; reason: string; by: Actor; locale: ReaderLocale };

/**
 * An editor takes back a suppression, with a reason that joins the evidence. Who had consented and not left since is a
 * reader again; of anybody else we have no consent, so they may sign up, and are not written to before.
 */
export async function reinstateReader({ id, address, reason, by, locale }: Reinstate, services: ReinstateServices) {
  const { subscribers, tombstones, consents, now } = services;
  const reader = await subscribers.find(id);
  if (reader?.state !== 'suppressed') return 'not_suppressed';
  const record = await consents.of(id);
  const consentedAt = standingConsent(record) ?? (reader.consentImport && !record.some(isLeaving) ? reader.confirmedAt : undefined);
  const spoken = record.findLast((consent) => consent.locale)?.locale ?? locale;
  const at = now();
  const back = consentedAt === undefined ? undefined : { address, confirmedAt: consentedAt, locale: spoken };
  if ((await tombstones.reinstate(id, reader.suppressedAt, back, at)) === 'changed') return 'changed';
  const reinstated = { event: 'reinstated', at: at.toISOString(), page: 'editor', by, reason: maskAddressesIn(reason) } as const;
  await consents.record(id, { ...reinstated, ...(!back && { mailed: false }) });
  return back ? 'restored' : 'may_sign_up';
}

/** When the consent was given that nobody has taken back. */
function standingConsent(record: readonly ConsentRecord[]): string | undefined {
  const last = record.findLast(({ event }) => ['confirmed', 'moved', 'left', 'erased'].includes(event));
  // A reader who moved here has confirmed this mailbox.
  return last?.event === 'confirmed' || last?.movedFrom !== undefined ? last.at : undefined;
}

const isLeaving = ({ event }: ConsentRecord) => event === 'left' || event === 'erased';
