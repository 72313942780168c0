import type { Digest, ProviderBlocks } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import type { ProviderFigures, Receipt } from '../../digests/receipt.ts';
import { type MailboxProvider, mailboxProviders } from '../../mail/mailbox-provider.ts';
import { logger } from '../../platform/logger.ts';

/** So many refusals by policy, and this share of the mails to a provider, are no accident. */
const atLeast = 20;
const perThousand = 50;

export type HeldBack = Pick<Digest, 'heldBack' | 'forgivenBlocks'>;

/**
 * Holds the readers of one mailbox provider back while that provider refuses our mails for policy, until an editor's word; the
 * others go on.
 * @returns every provider that is held back by now
 */
export async function holdBackProviders(
  { id, heldBack, forgivenBlocks = {} }: Pick<Digest, 'id'> & HeldBack,
  { byProvider }: Receipt,
  digests: Pick<DigestStore, 'holdBack'>,
): Promise<ReadonlySet<MailboxProvider>> {
  const refusing = mailboxProviders.filter((provider) => {
    const row = byProvider.find((figures) => figures.provider === provider);
    return row && !heldBack.has(provider) && tooMany(row, forgivenBlocks[provider]);
  });
  if (refusing.length === 0) return heldBack;
  await digests.holdBack(id, refusing);
  logger.error('Mailbox providers refuse a digest, and their readers are held back', { digest: id, providers: refusing });
  return new Set([...heldBack, ...refusing]);
}

/** What counts no longer once an editor has seen these figures and lets the readers of these providers be mailed. */
export const forgivenBy = (
  { forgivenBlocks }: HeldBack,
  { byProvider }: Receipt,
  providers: readonly MailboxProvider[],
): ProviderBlocks => {
  const rows = byProvider.filter((row) => providers.some((provider) => provider === row.provider));
  return { ...forgivenBlocks, ...Object.fromEntries(rows.map(({ provider, blocked, submitted }) => [provider, { blocked, submitted }])) };
};

/**
 * Refusals by policy that count towards the brake of the whole digest: not those of providers held back, who are dealt with by
 * themselves, nor what an editor has seen of them since.
 */
export const blocksThatCount = ({ blocked, byProvider }: Receipt, { heldBack, forgivenBlocks = {} }: HeldBack): number =>
  byProvider.reduce((sum, row) => {
    const isHeldBack = [...heldBack].some((provider) => provider === row.provider);
    return sum - (isHeldBack ? row.blocked : Math.min(row.blocked, forgivenBlocks[row.provider]?.blocked ?? 0));
  }, blocked);

function tooMany({ provider, blocked, submitted }: ProviderFigures, before = { blocked: 0, submitted: 0 }): boolean {
  const [bad, all] = [blocked - before.blocked, submitted - before.submitted];
  // Everybody else's mailboxes are nobody's in particular: there is no one to wait for.
  return provider !== 'other' && bad >= atLeast && bad * 1_000 >= all * perThousand;
}
