import type { Digest, ProviderBlocks } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import type { ProviderFigures, Receipt } from '../../digests/receipt.ts';
import { logger } from '../../platform/logger.ts';

/** So many refusals by policy, and this share of the mails to a provider, are no accident. */
const atLeast = 20;
const perThousand = 50;

/**
 * Holds the readers of one mailbox provider back while that provider refuses our mails for policy; the others go on. While it
 * is held back everything that still comes in is forgiven, so that an editor who lets it go on begins from nothing.
 * @returns what of each provider counts no longer
 */
export async function holdBackProviders(
  { id, heldBack, forgivenBlocks = {} }: Digest,
  { byProvider }: Receipt,
  digests: Pick<DigestStore, 'holdBack'>,
): Promise<ProviderBlocks> {
  const tripped = byProvider.filter((row) => !heldBack.has(row.provider) && tooMany(row, forgivenBlocks[row.provider]));
  const quiet = byProvider.filter(({ provider }) => heldBack.has(provider));
  const news = [...tripped, ...quiet].filter((row) => row.blocked !== forgivenBlocks[row.provider]?.blocked);
  if (news.length === 0) return forgivenBlocks;
  const forgiven = { ...forgivenBlocks, ...Object.fromEntries(news.map(({ provider, ...row }) => [provider, figuresOf(row)])) };
  await digests.holdBack(
    id,
    tripped.map(({ provider }) => provider),
    forgiven,
  );
  for (const { provider, blocked, submitted } of tripped)
    logger.error('A mailbox provider is held back', { digest: id, provider, blocked, submitted });
  return forgiven;
}

/** Refusals by policy that the brake of the whole digest still counts. */
export const unforgiven = ({ blocked, byProvider }: Receipt, forgiven: ProviderBlocks): number =>
  byProvider.reduce((sum, row) => sum - Math.min(row.blocked, forgiven[row.provider]?.blocked ?? 0), blocked);

function tooMany({ provider, blocked, submitted }: ProviderFigures, before = { blocked: 0, submitted: 0 }): boolean {
  const [bad, all] = [blocked - before.blocked, submitted - before.submitted];
  // Everybody else's mailboxes are nobody's in particular: there is no one to wait for.
  return provider !== 'other' && bad >= atLeast && bad * 1_000 >= all * perThousand;
}

const figuresOf = ({ blocked, submitted }: Pick<ProviderFigures, 'blocked' | 'submitted'>) => ({ blocked, submitted });
