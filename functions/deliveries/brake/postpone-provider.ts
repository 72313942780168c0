import type { DeliveryReport, ProviderCounts } from '../../digests/delivery-report.ts';
import type { Digest, ProviderBlocks } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { type MailboxProvider, mailboxProviders } from '../../mail/mailbox-provider.ts';
import type { Now } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';

/** From so many refusals by policy and this share of the mails to a provider on, the provider refuses on purpose. */
const atLeast = 20;
const perThousand = 50;

export type Postponed = Pick<Digest, 'postponed' | 'forgivenBlocks'>;

/**
 * Postpones the readers of a mailbox provider that refuses our mails for policy, until an editor decides. All other readers are
 * mailed.
 * @returns every provider that is postponed by now
 */
export async function postponeProviders(
  digest: Pick<Digest, 'id'> & Postponed,
  report: DeliveryReport,
  { digests, now }: { digests: Pick<DigestStore, 'postpone'>; now: Now },
): Promise<ReadonlySet<MailboxProvider>> {
  const { id, postponed } = digest;
  const refusing = refusingProviders(digest, report);
  if (refusing.length === 0) return postponed;
  await digests.postpone(id, refusing, now());
  logger.error('Mailbox providers refuse a digest, and their readers are postponed', { digest: id, providers: refusing });
  return new Set([...postponed, ...refusing]);
}

/** The providers that refuse on purpose and whose readers are not postponed yet. */
export const refusingProviders = ({ postponed, forgivenBlocks = {} }: Postponed, { byProvider }: DeliveryReport): MailboxProvider[] =>
  mailboxProviders.filter((provider) => {
    const row = byProvider.find((figures) => figures.provider === provider);
    return row && !postponed.has(provider) && tooMany(row, forgivenBlocks[provider]);
  });

/** What no longer counts once an editor has seen these numbers and has the readers of these providers mailed. */
export const forgivenBy = (
  { forgivenBlocks }: Postponed,
  { byProvider }: DeliveryReport,
  providers: readonly MailboxProvider[],
): ProviderBlocks => {
  const rows = byProvider.filter((row) => providers.some((provider) => provider === row.provider));
  return { ...forgivenBlocks, ...Object.fromEntries(rows.map(({ provider, blocked, submitted }) => [provider, { blocked, submitted }])) };
};

/**
 * Refusals by policy that count towards the brake of the whole digest: without those of postponed providers, and without those that
 * an editor has seen.
 */
export const blocksThatCount = ({ blocked, byProvider }: DeliveryReport, { postponed, forgivenBlocks = {} }: Postponed): number =>
  byProvider.reduce((sum, row) => {
    const isPostponed = [...postponed].some((provider) => provider === row.provider);
    return sum - (isPostponed ? row.blocked : Math.min(row.blocked, forgivenBlocks[row.provider]?.blocked ?? 0));
  }, blocked);

function tooMany({ provider, blocked, submitted }: ProviderCounts, before = { blocked: 0, submitted: 0 }): boolean {
  const [bad, all] = [blocked - before.blocked, submitted - before.submitted];
  // `other` is not one provider: its refusals have nothing in common.
  return provider !== 'other' && bad >= atLeast && bad * 1_000 >= all * perThousand;
}
