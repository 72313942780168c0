import type { DeliveryReport } from '../../digests/delivery-report.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import type { IncidentStore } from '../../digests/incident-store.ts';
import type { MailboxProvider } from '../../mail/mailbox-provider.ts';
import type { Now } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';
import type { DeadMailboxes } from '../../subscribers/tombstones/dead-mailboxes.ts';

export type IncidentServices = {
  digests: Pick<DigestStore, 'postpone' | 'beside'>;
  incidentStore: Pick<IncidentStore, 'begin'>;
  deadMailboxes: Pick<DeadMailboxes, 'counts'>;
  now: Now;
};

/** From so many dead mailboxes at one provider on, and this share of its mails in the digest. */
const atLeast = 20;
const perThousand = 50;
/** And so many times as many as usual there; some mailboxes die every week. */
const timesUsual = 4;
/** What is usual is seen in so many digests before. */
const compared = 5;

/**
 * Finds providers at which a digest found a crowd of mailboxes dead, which is an incident of the provider until an editor, or the next digest,
 * has found out. The provider's readers who have no mail yet are postponed. Bounces come for days, so a digest that is held or done
 * is looked at as well.
 */
export async function findIncidents(digest: Digest, report: DeliveryReport, services: IncidentServices): Promise<MailboxProvider[]> {
  if (!digest.startedAt) return [];
  const known = (provider: MailboxProvider) => digest.incidents.has(provider) || digest.settledIncidents.has(provider);
  const counts = [...(await services.deadMailboxes.counts(digest.id))].filter(
    // `other` is not one provider.
    ([provider, dead]) => provider !== 'other' && dead >= atLeast && !known(provider),
  );
  if (counts.length === 0) return [];
  const before = await services.digests.beside(digest, 'older', compared);
  const found = counts.flatMap(([provider, dead]) => {
    const mails = mailsTo(report, provider).submitted;
    return dead * 1_000 >= mails * perThousand && dead > timesUsual * usualShare(before, provider) * mails ? [provider] : [];
  });
  if (found.length === 0) return [];
  await services.incidentStore.begin(digest.id, found);
  await services.digests.postpone(digest.id, found, services.now());
  logger.error('A crowd of mailboxes at one provider is said to be dead', { digest: digest.id, providers: found });
  return found;
}

/** Of bounces of any kind, since older reports say no more: rather too many than too few. */
function usualShare(digests: readonly Digest[], provider: MailboxProvider): number {
  // What an incident was is not what is usual.
  const quiet = digests.filter(({ incidents, settledIncidents }) => !incidents.has(provider) && !settledIncidents.has(provider));
  const rows = quiet.flatMap(({ report }) => (report ? [mailsTo(report, provider)] : []));
  const sum = (figure: 'bounced' | 'submitted') => rows.reduce((total, row) => total + row[figure], 0);
  return sum('bounced') / Math.max(1, sum('submitted'));
}

const mailsTo = ({ byProvider }: DeliveryReport, provider: MailboxProvider) =>
  byProvider.find((row) => row.provider === provider) ?? { submitted: 0, bounced: 0 };
